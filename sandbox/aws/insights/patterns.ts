import type { Row } from './record.ts';

const severities: readonly [string, RegExp][] = [
  ['FATAL', /\bfatal\b|\bpanic\b/i],
  ['ERROR', /error|exception|\bfail/i],
  ['WARN', /\bwarn/i],
  ['INFO', /\binfo\b/i],
  ['DEBUG', /\bdebug\b/i],
];

/** What is the same in lines that differ only in numbers and ids, whose places are numbered. */
function patternOf(message: string): string {
  let tokens = 0;
  return message.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\b\w*\d[\w.:]*\b/gi, () => {
    tokens += 1;
    return `<Token-${tokens}>`;
  });
}

/** One row for each pattern, the most frequent first, as `pattern` answers. */
export function clustered(rows: readonly Row[], field: string): Row[] {
  const groups = Map.groupBy(rows, (row) => patternOf(String(row.get(field) ?? '')));
  return [...groups]
    .toSorted(([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1))
    .map(([pattern, members]) => {
      const severity = severities.find(([, words]) => words.test(pattern))?.[0] ?? 'NONE';
      return new Map<string, string | number>([
        ['@pattern', pattern],
        ['@sampleCount', members.length],
        ['@ratio', Number((members.length / rows.length).toFixed(4))],
        ['@severityLabel', severity],
      ]);
    });
}

/** Patterns of two spans of time side by side, the greatest difference first, as `pattern … | diff` answers. */
export function compared(now: readonly Row[], before: readonly Row[]): Row[] {
  const key = (row: Row) => String(row.get('@pattern'));
  const known = new Map(before.map((row) => [key(row), row]));
  const gone = before
    .filter((row) => !now.some((other) => key(other) === key(row)))
    .map((row): Row => new Map([...row, ['@sampleCount', 0]]));
  return [...now, ...gone]
    .map((row): Row => {
      const count = Number(row.get('@sampleCount'));
      const earlier = Number(known.get(key(row))?.get('@sampleCount') ?? 0);
      const [low, high] = [Math.min(count, earlier), Math.max(count, earlier)];
      const percent = low === 0 ? '' : `${Math.round(((high - low) / earlier) * 100)}%`;
      return new Map<string, string | number>([
        ...row,
        ['@diffEventCount', count - earlier],
        ['@differenceDescription', percent === '' ? 'No matching pattern' : percent],
      ]);
    })
    .toSorted(
      (one, other) =>
        Math.abs(Number(other.get('@diffEventCount'))) - Math.abs(Number(one.get('@diffEventCount'))) ||
        (key(one) < key(other) ? -1 : 1),
    );
}
