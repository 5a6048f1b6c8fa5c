import { plural } from '../../words.ts';
import { errorsOnly, patternWords, saying } from '../errors-only.ts';
import { cell, type InsightsQuery, number, numberIn, percent } from '../query.ts';

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
  commands({ shape }) {
    const said = saying(shape);
    return [errorsOnly(shape), ...said.commands, `pattern ${said.field}`, 'sort @sampleCount desc'];
  },
  columns: [
    { title: 'Times', kind: 'number' },
    { title: 'Share', kind: 'number' },
    { title: 'Pattern', kind: 'text' },
  ],
  read(rows, { matched }) {
    const counted = rows
      .map((row) => ({ pattern: patternWords(row['@pattern'] ?? ''), count: numberIn(row, '@sampleCount') }))
      .sort((a, b) => b.count - a.count || (a.pattern < b.pattern ? -1 : 1));
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
    const whole =
      counted.length === named.length
        ? plural(total, 'error').replace(/^\d+/, number(total))
        : `${share} of ${number(total)} errors`;
    const head = `${plural(named.length, 'pattern')} ${makes} ${whole}`;
    const [first] = named;
    return {
      headline: `${head}${first ? `${named.length === 1 ? ':' : '; the first:'} ${first.pattern}` : ''}`,
      rows: counted.map(({ pattern, count }) => [cell(count), percent(count, total), pattern]),
    };
  },
};

/** The first few that together make most of all; the first alone where it takes more than a few. */
function leading<One extends { count: number }>(counted: readonly One[], total: number): One[] {
  let sum = 0;
  for (const [index, { count }] of counted.slice(0, namedAtMost).entries()) {
    sum += count;
    if (sum >= most * total) return counted.slice(0, index + 1);
  }
  return counted.slice(0, namedAtMost);
}
