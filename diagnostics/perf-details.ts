import { z } from 'zod';

/** What the tasks of a service used, in percent of what they reserve. */
export const usageSchema = z.object({
  mean: z.number(),
  highest: z.number().describe('Of the task that used most, in the minute in which it used most'),
  highestAt: z.string(),
  p95: z.number().describe('What the hottest task stayed below in 95 of 100 minutes'),
  last: z.number(),
  whole: z.string().optional().describe('What 100 % stands for'),
  limit: z.string().optional().describe('What ends it'),
});
export type UsageState = z.infer<typeof usageSchema>;

export const scalingSchema = z.object({
  min: z.number().int(),
  max: z.number().int(),
  desired: z.number().int(),
  suspended: z.array(z.string()).describe('What is suspended: scale-out, scale-in, schedules'),
  policies: z.array(z.string()).describe('Each in a line: what it watches, and the state of its alarms'),
  last: z.string().optional().describe('What it did last'),
  says: z.array(z.string()).describe('What else decides whether it scales'),
});
export type ScalingState = z.infer<typeof scalingSchema>;

export const perfSchema = z.object({
  from: z.string(),
  to: z.string(),
  minutes: z.number().int(),
  cpu: usageSchema.optional().describe('Absent where there is no data, which is not the same as low'),
  memory: usageSchema.optional(),
  scaling: scalingSchema.optional().describe('Absent where nothing scales the service'),
  killed: z
    .string()
    .optional()
    .describe('Id of a task that died by memory and of which Container Insights has samples'),
  hosts: z
    .array(
      z.object({
        id: z.string(),
        type: z.string().optional(),
        cpu: z.number().describe('Of all its CPUs, percent, lately'),
        credits: z.number().optional().describe('CPU credits that it has left; absent where it spends none'),
      }),
    )
    .optional()
    .describe('The instances that its tasks are on, the busiest first; absent on Fargate'),
  unscaled: z.boolean().describe('It is known that nothing scales the service'),
});
export type Perf = z.infer<typeof perfSchema>;
