import { z } from 'zod';

/** What an answer shows of tasks that do not start: parts of the report, kept apart for its length. */

/** A row of the table of phases: one pending task, or several that stand alike. */
export const phaseSchema = z.object({
  phase: z.string().describe('placement, network, volume, init, pull, create or activation'),
  text: z.string().describe('What the task does in it, in words'),
  count: z.number().int().describe('Tasks that stand here'),
  task: z.string().describe('Id of the one that stands here longest'),
  revision: z.string(),
  status: z.string().describe('lastStatus, with the status of the attachment that it waits for'),
  since: z.string().optional(),
  seconds: z.number().int().describe('How long the longest has stood here'),
  normal: z.number().optional().describe('Median of this phase over the service’s own tasks, seconds'),
  samples: z.number().int().describe('Tasks behind that median'),
  limit: z.number().describe('Seconds from which on it counts as stuck'),
  stuck: z.boolean(),
  waitsFor: z.string().optional().describe('The container that blocks, and what is waited for'),
});
export type PhaseRow = z.infer<typeof phaseSchema>;

export const addressesSchema = z.object({
  subnets: z.array(
    z.object({ subnet: z.string(), zone: z.string(), free: z.number().int(), name: z.string().optional() }),
  ),
  needed: z.number().int().describe('Addresses that a deployment needs at once beside those in use'),
});
export type Addresses = z.infer<typeof addressesSchema>;

/** How one task fits the instances of the cluster. */
export const placementSchema = z.object({
  needs: z.string().describe('What one task asks for'),
  instances: z.number().int(),
  fits: z.number().int().describe('Instances that could take one now'),
  lacks: z.array(
    z.object({
      kind: z.string(),
      label: z.string(),
      count: z.number().int().describe('Instances that lack it'),
      only: z.number().int().describe('Instances that lack nothing else'),
      best: z.string().describe('The instance that is nearest to having it, and what it has'),
    }),
  ),
});
export type Placement = z.infer<typeof placementSchema>;

/** A link of the way from the service to a running instance, in order. */
export const providerLinkSchema = z.object({ text: z.string(), ok: z.boolean() });
export type ProviderLink = z.infer<typeof providerLinkSchema>;

export const backoffSchema = z.object({
  since: z.string().optional().describe('When ECS first said that tasks do not start'),
  lastTry: z.string(),
  gapSeconds: z.number().int().describe('Between the last two tries'),
  nextTry: z
    .string()
    .optional()
    .describe('Estimated: the last gap after the last try; absent where it is due'),
  latest: z
    .string()
    .optional()
    .describe('Estimated: a quarter of an hour after the last try; absent where that has passed'),
});
export type Backoff = z.infer<typeof backoffSchema>;
