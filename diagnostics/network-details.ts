import { z } from 'zod';

/** One subnet and one thing that its tasks have to reach. */
export const networkPathSchema = z.object({
  subnet: z.string(),
  from: z.enum(['task', 'host']).describe('Whose interface: the one of the task, or of its instance'),
  to: z.string().describe('What has to be reached, in words'),
  state: z.enum(['reachable', 'broken', 'open']),
  via: z.string().optional().describe('What the traffic goes through'),
  says: z.string().optional().describe('What breaks the way, or why it is open'),
});
export type NetworkPath = z.infer<typeof networkPathSchema>;

/** Whether the tasks reach what they need, from each of their subnets. */
export const networkSchema = z.object({
  subnets: z.array(
    z.object({ subnet: z.string(), zone: z.string().optional(), name: z.string().optional() }),
  ),
  paths: z.array(networkPathSchema),
});
export type Network = z.infer<typeof networkSchema>;
