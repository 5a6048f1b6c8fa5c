import { plural } from '../../words.ts';
import { patternWords, saying } from '../errors-only.ts';
import { cell, type InsightsQuery, number, numberIn, type ResultRow } from '../query.ts';

/** Patterns of the window against those of the span of the same length just before it. */
export const compare: InsightsQuery = {
  name: 'compare',
  label: 'Compare with before',
  question: 'what is written now and was not before, and the other way round',
  looksFor: 'line in either span',
  limit: 200,
  clusters: true,
  commands({ shape, plainClass }) {
    if (plainClass !== undefined)
      return {
        unknown: `the two spans cannot be compared: queries of log groups of the class ${plainClass} know neither pattern nor diff; the query errors does without them`,
      };
    const said = saying(shape);
    return [...said.commands, `pattern ${said.field}`, 'diff'];
  },
  columns: [
    { title: 'Now', kind: 'number' },
    { title: 'Before', kind: 'number' },
    { title: 'Pattern', kind: 'text' },
  ],
  read(rows, { window }) {
    const compared = rows
      .map((row) => {
        const now = numberIn(row, '@sampleCount');
        return { now, before: now - difference(row), pattern: patternWords(row['@pattern'] ?? '') };
      })
      .sort(
        (a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before) || (a.pattern < b.pattern ? -1 : 1),
      );
    const fresh = compared.filter(({ now, before }) => before <= 0 && now > 0);
    const gone = compared.filter(({ now, before }) => now <= 0 && before > 0);
    const length = window.to.getTime() - window.from.getTime();
    const against = `${new Date(window.from.getTime() - length).toISOString()} to ${window.from.toISOString()}`;
    const [first] = fresh;
    const [changed] = compared;
    const head = first
      ? `${plural(fresh.length, 'pattern')} ${fresh.length === 1 ? 'is' : 'are'} new against ${against}${fresh.length === 1 ? ':' : '; the first:'} ${first.pattern}`
      : `nothing new is written against ${against}${changed && changed.now !== changed.before ? `; the largest change is ${number(changed.before)} → ${number(changed.now)} of: ${changed.pattern}` : ''}`;
    return {
      headline: `${head}${gone.length === 0 ? '' : `; ${plural(gone.length, 'pattern')} ${gone.length === 1 ? 'is' : 'are'} gone`}`,
      rows: compared.map(({ now, before, pattern }) => [cell(now), cell(Math.max(0, before)), pattern]),
    };
  },
};

/** Now minus before. AWS documents what `diff` shows in its console, and not what the field is called. */
function difference(row: ResultRow): number {
  const name = Object.keys(row).find((key) => /^@diff\w*count$/i.test(key));
  return name === undefined ? 0 : numberIn(row, name);
}
