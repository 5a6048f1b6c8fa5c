import { z } from 'zod';

const measuredSchema = z.object({
  median: z.number().describe('Seconds'),
  p95: z.number(),
  tasks: z.number().int(),
});

export const startRowSchema = z.object({
  name: z.string().describe('family:revision, or a zone'),
  of: z.enum(['revision', 'zone']),
  tasks: z.number().int(),
  provision: measuredSchema.optional().describe('From createdAt to the begin of the pull'),
  pull: measuredSchema.optional(),
  boot: measuredSchema.optional().describe('From the end of the pull to startedAt'),
});
export type StartRow = z.infer<typeof startRowSchema>;

/** How long tasks of a service take to start, by phase. */
export const startupSchema = z.object({
  revision: z.string(),
  rows: z.array(startRowSchema),
  ready: z
    .object({
      seconds: z
        .number()
        .describe('Until the first health check that can pass, and a slow start after it, at most'),
      says: z.string(),
      estimated: z.literal(true).describe('Worked out from settings: the API has no time for it'),
    })
    .optional(),
  unread: z
    .literal(true)
    .optional()
    .describe('Settings that decide how long it waits until it is ready could not be read'),
  total: z.number().describe('Medians of all phases together, seconds'),
  largest: z.string().optional().describe('The phase that takes most of it'),
  pull: z
    .object({
      bytes: z.number().describe('Compressed, of all images together'),
      perSecond: z.number().optional(),
    })
    .optional()
    .describe('Looked up only where pulling takes longest'),
});
export type Startup = z.infer<typeof startupSchema>;
