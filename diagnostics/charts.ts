import { z } from 'zod';

/** One line, area or group of bars of a chart. */
export const seriesSchema = z.object({
  name: z.string(),
  keeps: z
    .enum(['highest', 'lowest', 'mean'])
    .describe('What stands for several points where there is no room for all: the highest of them, …'),
  values: z.array(z.number().nullable()).describe('One for each label; null where there is no data'),
});
export type Series = z.infer<typeof seriesSchema>;

/** Numbers that say more as a picture, at their full resolution: whoever draws them leaves out what has no room. */
export const chartSchema = z.object({
  title: z.string(),
  kind: z.enum(['line', 'area', 'bar']),
  unit: z.string().describe('Of the values: %, s, MiB'),
  axis: z.enum(['time', 'names']),
  labels: z.array(z.string()).describe('Along the axis, in order: ISO 8601 times or names'),
  series: z.array(seriesSchema),
  said: z
    .boolean()
    .optional()
    .describe('The lines beside it say the same in words, so that it needs none of its own'),
  marks: z
    .array(z.object({ at: z.string(), text: z.string() }))
    .optional()
    .describe('What else happened at these times, oldest first: deployments, stops, scaling'),
});
export type Chart = z.infer<typeof chartSchema>;
