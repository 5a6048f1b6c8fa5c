import { z } from 'zod';

export const logLineSchema = z.object({ at: z.string().optional(), message: z.string() });

/** What a reader sees as one thing: a line, a record or a trace, folded with its repeats. */
export const logEntrySchema = z.object({
  at: z.string().optional().describe('Of the first, ISO 8601'),
  lastAt: z.string().optional().describe('Of the last, where there are several'),
  level: z.enum(['fatal', 'error', 'warn', 'info', 'debug']).optional(),
  text: z.string().describe('As the first was written; of a JSON record its message and what it adds'),
  count: z.number().int(),
  line: z.number().int().optional().describe('Where it begins among the lines, from 0'),
  lastText: z.string().optional().describe('As the last was written, where that differs'),
});

/** A place in a stream: a millisecond, and how many events of that millisecond lie on the near side of it. */
export const logCursorSchema = z.object({ at: z.number().int(), skip: z.number().int().nonnegative() });
export type LogCursor = z.infer<typeof logCursorSchema>;

/** Why there are no lines. */
const whyNoLogSchema = z.enum([
  'nothing-written',
  'not-started',
  'not-created',
  'expired',
  'log-class',
  'elsewhere',
  'no-match',
  'bad-filter',
  'denied',
  'unclear',
]);

/** Lines of one container's log, redacted; `missing` says why there are none. */
export const logTailSchema = z.object({
  container: z.string(),
  task: z.string(),
  revision: z.string().optional().describe('family:revision that the stream was worked out from'),
  group: z.string().optional(),
  stream: z.string().optional(),
  region: z.string().optional(),
  until: z.string().optional().describe('When the task stopped, where the tail ends there'),
  lines: z.array(logLineSchema),
  entries: z.array(logEntrySchema).optional().describe('The lines as a reader sees them'),
  missing: z.string().optional().describe('Why there are no lines, with the proof'),
  why: whyNoLogSchema.optional(),
  unread: z
    .object({
      check: z.string(),
      missing: z.string().optional(),
      reason: z.string(),
      detail: z.string().optional(),
    })
    .array()
    .optional()
    .describe('What would have told why there are no lines, and could not be read'),
  link: z.string().optional().describe('Where the log can be looked at by hand'),
  truncated: z.boolean().optional().describe('True where a search ended before everything was searched'),
  from: logCursorSchema.optional().describe('Where the lines begin: older ones are before'),
  to: logCursorSchema.optional().describe('Where the lines end: newer ones are behind'),
  older: z.boolean().optional().describe('Whether there are older lines, as far as can be told'),
  newer: z.boolean().optional().describe('Whether there were newer lines when it was read'),
});

/** What was asked of the logs, and what else can be asked. */
export const logViewSchema = z.object({
  containers: z.array(z.string()).describe('All that the task has'),
  filter: z.string().optional(),
  since: z.string().optional(),
  errors: z.boolean().optional().describe('Only errors are shown'),
  page: z.enum(['older', 'newer', 'since', 'first']).optional(),
  revision: z.string().optional().describe('The revision before, where that was asked for'),
  ended: z.string().optional().describe('That all tasks have ended, in words: no line will follow'),
  read: z.number().int().optional().describe('Lines that were looked at for errors'),
});
