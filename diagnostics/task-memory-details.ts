import { z } from 'zod';

/** What the containers of one task used before it stopped, by the samples that Container Insights took of it. */
export const taskMemorySchema = z.object({
  task: z.string().describe('Task id'),
  state: z
    .enum(['running', 'stopped', 'forgotten'])
    .describe('ECS forgets a stopped task after about an hour'),
  stoppedAt: z.string().optional(),
  containers: z.array(
    z.object({
      name: z.string(),
      last: z.number().describe('MiB, in the last sample'),
      lastAt: z.string(),
      highest: z.number().describe('MiB, of all samples'),
      grew: z.number().describe('MiB, from the first sample to the last'),
      limit: z.number().optional().describe('MiB of its hard limit'),
      reserved: z
        .number()
        .optional()
        .describe('MiB that are reserved for it, where it has no limit of its own'),
      samples: z.number().int(),
    }),
  ),
  from: z.string(),
  to: z.string(),
});
export type TaskMemory = z.infer<typeof taskMemorySchema>;
