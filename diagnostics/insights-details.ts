import { z } from 'zod';

/** A column of the result; `kind` decides how a value is shown. */
export const columnSchema = z.object({
  title: z.string(),
  kind: z.enum(['text', 'number', 'time']).describe('A time is ISO 8601'),
});
export type InsightsColumn = z.infer<typeof columnSchema>;

/** A query of CloudWatch Logs Insights and what came of it. */
export const insightsSchema = z.object({
  query: z.string().describe('Its name in the library'),
  question: z.string(),
  text: z.string().describe('The query itself, as it can be run in the console'),
  groups: z.array(z.string()),
  region: z.string(),
  containers: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  around: z.string().optional().describe('The failure that the window lies around'),
  state: z
    .enum(['running', 'complete', 'late', 'cancelled', 'failed'])
    .describe('late and cancelled: stopped before its end, so that the rows are of a part of the log'),
  queryId: z.string().optional(),
  columns: z.array(columnSchema),
  rows: z.array(z.array(z.string())).describe('Redacted'),
  cut: z.boolean().describe('There are more rows than were asked for'),
  matched: z.number().describe('Log events'),
  scanned: z.number().describe('Log events'),
  bytes: z.number().describe('Scanned, which is what AWS bills'),
  dollars: z.number().optional().describe('About what it cost; absent where no price is known'),
  console: z.string().optional().describe('The same query in the AWS console'),
});
export type Insights = z.infer<typeof insightsSchema>;
