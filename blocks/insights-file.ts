import type { Insights } from '#diagnostics/insights-details.ts';
import type { Report } from '#diagnostics/report.ts';
import { plain } from './escape.ts';
import { own } from './limits.ts';

/** All rows as CSV. https://www.rfc-editor.org/rfc/rfc4180 */
export function insightsFile(report: Report, { query, columns, rows }: Insights) {
  const { service, family, environment } = report.target;
  const words = [service ?? family ?? 'task', environment, query];
  const name = words
    .join('-')
    .replace(/[^\w.-]+/g, '-')
    .slice(0, own.name);
  const lines = [columns.map(({ title }) => title), ...rows].map((row) => row.map(quoted).join(','));
  return { name: `${name}.csv`, content: `${lines.join('\r\n')}\r\n` };
}

/** A value that begins like a formula would be one in a spreadsheet, and whoever writes a log is not trusted so far. */
function quoted(value: string): string {
  const text = plain(value);
  const tame = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
