import { bytesWords, costWords } from '#diagnostics/insights/cost.ts';
import type { Insights } from '#diagnostics/insights-details.ts';
import { plural } from '#diagnostics/words.ts';
import { columns } from './layout.ts';

const rowsAtMost = 50;
const cellAtMost = 160;

/** What was searched, the rows, and what it cost, each under its title. */
export function insightsSections(insights: Insights | undefined): { title: string; lines: string[] }[] {
  if (!insights) return [];
  const { from, to, around, groups, containers, rows, text, cut } = insights;
  const event = around === undefined ? '' : `, around the failure at ${around}`;
  const hidden = rows.length - rowsAtMost;
  return [
    {
      title: 'Log',
      lines: [`${groups.join(', ')}, ${containers.join(' and ')}`, `${from} to ${to}${event}`],
    },
    {
      title: 'Rows',
      lines: [
        ...table(insights),
        ...(hidden > 0 ? [`${plural(hidden, 'more row')}: --json has them all`] : []),
        ...(cut ? [`the query gave its first ${rows.length} rows`] : []),
      ],
    },
    { title: 'Query', lines: text.split('\n') },
    { title: 'Scanned', lines: [scannedWords(insights)] },
  ].filter(({ lines }) => lines.length > 0);
}

function table({ columns: titles, rows }: Insights): string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, rowsAtMost).map((row) => row.map((value) => value.slice(0, cellAtMost) || '–'));
  return columns([titles.map(({ title }) => title.toUpperCase()), ...shown]);
}

/** `446 lines, 16 KB, less than $0.01` */
export function scannedWords({ scanned, bytes, dollars }: Insights): string {
  const cost = dollars === undefined ? '' : `, ${costWords(dollars)}`;
  return `${plural(scanned, 'line')}, ${bytesWords(bytes)}${cost}`;
}
