import { maskedLine } from '../../log-reading/mask.ts';
import { plural } from '../../words.ts';
import { errorsOnly, patternWords, saying } from '../errors-only.ts';
import { cell, type InsightsQuery, number, numberIn, percent, type ResultRow } from '../query.ts';
import type { LogShape } from '../shape.ts';

/** Fewer patterns than this are named together, as long as they make most of it. */
const namedAtMost = 3;
const most = 0.9;

/** Errors clustered by the server: counting whole messages would make a row of each id. */
export const errors: InsightsQuery = {
  name: 'errors',
  label: 'Top errors',
  question: 'which errors were written, and how often',
  looksFor: 'error',
  limit: 100,
  clusters: true,
  plainLimit: 1_000,
  commands({ shape, plainClass }) {
    const said = saying(shape);
    if (plainClass !== undefined)
      return [
        errorsOnly(shape),
        ...said.commands,
        `fields ${[...new Set(['@timestamp', said.field, '@message'])].join(', ')}`,
        'sort @timestamp desc',
      ];
    return [errorsOnly(shape), ...said.commands, `pattern ${said.field}`, 'sort @sampleCount desc'];
  },
  columns: [
    { title: 'Times', kind: 'number' },
    { title: 'Share', kind: 'number' },
    { title: 'Pattern', kind: 'text' },
  ],
  read(rows, { matched: all, shape, plainClass }) {
    const isPlain = plainClass !== undefined;
    // What is clustered here are the newest of them.
    const matched = isPlain ? rows.length : all;
    const counted = (isPlain ? kindsOf(rows, shape) : patternsOf(rows)).sort(
      (a, b) => b.count - a.count || (a.pattern < b.pattern ? -1 : 1),
    );
    const total = Math.max(
      matched,
      counted.reduce((sum, { count }) => sum + count, 0),
    );
    const named = leading(counted, total);
    const share = percent(
      named.reduce((sum, { count }) => sum + count, 0),
      total,
    );
    const makes = named.length === 1 ? 'makes' : 'make';
    const part = counted.length === named.length ? '' : `${share} of `;
    const newest = isPlain && all > total ? 'the newest ' : '';
    const whole = plural(total, 'error').replace(/^\d+/, number(total));
    const head = `${plural(named.length, 'pattern')} ${makes} ${part}${newest}${whole}`;
    const [first] = named;
    return {
      headline: `${head}${first ? `${named.length === 1 ? ':' : '; the first:'} ${first.pattern}` : ''}`,
      rows: counted.map(({ pattern, count }) => [cell(count), percent(count, total), pattern]),
    };
  },
};

interface Counted {
  pattern: string;
  count: number;
}

function patternsOf(rows: readonly ResultRow[]): Counted[] {
  return rows.map((row) => ({
    pattern: patternWords(row['@pattern'] ?? ''),
    count: numberIn(row, '@sampleCount'),
  }));
}

/** As `pattern` would, where the group's class does not know it: lines that differ in numbers and ids alone are one. */
function kindsOf(rows: readonly ResultRow[], shape: LogShape): Counted[] {
  const { field } = saying(shape);
  // A record may have no message.
  const lineOf = (row: ResultRow) => (row[field] || row['@message'] || '').trim().split('\n')[0] ?? '';
  const kinds = Map.groupBy(rows, (row) => maskedLine(lineOf(row).trim()));
  return [...kinds].map(([kind, members]) => ({
    pattern: kind.replaceAll('#', '…'),
    count: members.length,
  }));
}

/** The first few that together make most of all; the first alone where it takes more than a few. */
function leading<One extends { count: number }>(counted: readonly One[], total: number): One[] {
  let sum = 0;
  for (const [index, { count }] of counted.slice(0, namedAtMost).entries()) {
    sum += count;
    if (sum >= most * total) return counted.slice(0, index + 1);
  }
  return counted.slice(0, namedAtMost);
}
