import { z } from 'zod';

/** One thing that happened or was changed; of several alike the first and the last time. */
export const happeningSchema = z.object({
  at: z.string().optional().describe('ISO 8601; absent where AWS does not say when'),
  lastAt: z.string().optional(),
  count: z.number().int(),
  about: z.enum([
    'task definition',
    'service',
    'deployment',
    'tasks',
    'event',
    'scaling',
    'alarm',
    'secret',
    'parameter',
    'image',
    'instance',
    'call',
  ]),
  text: z.string(),
  by: z.string().optional().describe('Who did it, as far as AWS says'),
  fields: z.array(z.string()).optional().describe('Paths of what was changed, as evidence names them'),
  failure: z.boolean().optional().describe('True where it began to fail'),
});
export type Happening = z.infer<typeof happeningSchema>;

export const changesSchema = z.object({
  from: z.string(),
  to: z.string(),
  why: z.string().describe('What the two times are'),
  before: z.string().optional().describe('family:revision'),
  after: z.string().optional(),
  rows: z.array(happeningSchema).describe('What differs; the task definition first'),
  asked: z.boolean().describe('CloudTrail was asked who did it'),
});
export type Changes = z.infer<typeof changesSchema>;

export const timelineSchema = z.object({
  from: z.string(),
  to: z.string(),
  rows: z.array(happeningSchema).describe('Oldest first, alike ones folded'),
});
export type Timeline = z.infer<typeof timelineSchema>;
