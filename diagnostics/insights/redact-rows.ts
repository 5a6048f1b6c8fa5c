import type { ResultField } from '@aws-sdk/client-cloudwatch-logs';
import { asSearched } from '../log-reading/plain-line.ts';
import { redactAll } from '../redact.ts';
import type { ResultRow } from './query.ts';

/**
 * Rows as Logs Insights gives them, redacted and by field. Each field is read down its column: a key that was logged in
 * several lines lies in as many rows, and the times between its lines would hide that they are one.
 */
export async function redactRows(results: readonly (readonly ResultField[])[]): Promise<ResultRow[]> {
  const rows = results.map((): Record<string, string> => ({}));
  const cells = results.flatMap((result, at) =>
    // Only CloudWatch can read it, and it says where the whole record is.
    result
      .filter(({ field }) => field !== '@ptr')
      .map(({ field = '', value = '' }) => ({ at, field, value })),
  );
  const byColumn = [...Map.groupBy(cells, ({ field }) => field).values()].flat();
  const texts = await redactAll(byColumn.map(({ value }) => asSearched(value)));
  for (const [index, { at, field }] of byColumn.entries()) {
    const row = rows[at];
    if (row) row[field] = texts[index] ?? '';
  }
  return rows;
}
