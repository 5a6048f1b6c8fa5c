import { z } from 'zod';

/** What an answer shows of health checks: parts of the report, kept apart for its length. */

export const healthTargetSchema = z.object({
  target: z.string().describe('Address or instance, with the port'),
  task: z.string().optional().describe('Id of the task behind it; absent for what is left over'),
  zone: z.string().optional(),
  state: z.string().describe('As ELB names it: healthy, initial, unhealthy, draining, unused, …'),
  reason: z.string().optional().describe("ELB's own code, Target.Timeout for one"),
  says: z.string().describe('What that means, in words'),
  age: z.number().int().optional().describe('Seconds since its task started to run'),
});
export type HealthTarget = z.infer<typeof healthTargetSchema>;

export const healthGroupSchema = z.object({
  name: z.string(),
  arn: z.string(),
  check: z.string().describe('How it is checked: protocol, path, port, interval, what is expected'),
  healthy: z.number().int(),
  total: z.number().int().describe('Registered targets that are not on their way out'),
  leaving: z.number().int(),
  idle: z.boolean().describe('The one of a blue/green pair that gets no traffic now'),
  failsOpen: z
    .boolean()
    .describe('No target passes, so the load balancer sends requests to all of them as if they did'),
  targets: z.array(healthTargetSchema).describe('Those that are not healthy first; 20 at most'),
});
export type HealthGroup = z.infer<typeof healthGroupSchema>;

export const containerHealthSchema = z.object({
  container: z.string(),
  command: z.string(),
  healthy: z.number().int(),
  unhealthy: z.number().int(),
  total: z.number().int().describe('Running tasks that have this check'),
  seconds: z.number().describe('From the start until it counts as unhealthy, if it never passes'),
  hints: z.array(z.string()).describe('What the command itself makes doubtful'),
});
export type ContainerHealth = z.infer<typeof containerHealthSchema>;

export const timingSchema = z.object({
  grace: z.number().describe('healthCheckGracePeriodSeconds'),
  detection: z.number().describe('Interval times unhealthy threshold, seconds'),
  earliest: z
    .number()
    .describe('Until the first check of a new target, at most: one interval, and one that passes is enough'),
  recovery: z
    .number()
    .describe('Interval times healthy threshold, seconds: what a target takes that was unhealthy'),
  slowToRegister: z
    .boolean()
    .optional()
    .describe('A network load balancer, whose first checks may begin minutes after the registration'),
  interval: z.number(),
  kills: z.array(z.number()).describe('Seconds that tasks ran until a failed check stopped them'),
  slowest: z
    .number()
    .optional()
    .describe('The slowest measured start of a task that is healthy, seconds from startedAt, at most'),
  measured: z.number().int().describe('Tasks behind that'),
});
export type Timing = z.infer<typeof timingSchema>;

export const healthSchema = z.object({
  groups: z.array(healthGroupSchema),
  containers: z.array(containerHealthSchema),
  timing: timingSchema.optional(),
  metrics: z
    .object({
      minutes: z.number().int(),
      p99: z.number().optional().describe('Slowest p99 response time of a minute, seconds'),
      serverErrors: z.number().describe('5xx answers of targets'),
      connectionErrors: z.number(),
      unhealthySince: z.string().optional().describe('The minute from which on a target has been unhealthy'),
    })
    .optional(),
});
export type Health = z.infer<typeof healthSchema>;
