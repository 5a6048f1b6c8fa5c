import type { z } from 'zod';
import type { logEntrySchema } from '../log-details.ts';

type Entry = z.infer<typeof logEntrySchema>;

/**
 * An entry as lines for a fixed width, times in UTC: what was written first, and how often until when, with how the
 * last one differed.
 */
export function entryLines({ at, lastAt, level, text, count, lastText }: Entry): string[] {
  const lines = stamped(at, level, text);
  if (count === 1) return lines;
  // Two that differ are shorter shown than told of.
  if (count === 2 && lastText !== undefined) return [...lines, ...stamped(lastAt, level, lastText)];
  const until = lastAt === undefined ? '' : ` until ${clock(lastAt)}`;
  const last = lastText === undefined ? '' : `, the last: ${lastText.split('\n')[0]}`;
  return [...lines, `  ×${count}${until}${last}`];
}

function stamped(at: string | undefined, level: Entry['level'], text: string): string[] {
  const [first = '', ...rest] = text.split('\n');
  const mark =
    level !== undefined && marked.has(level) && !says(first, level) ? `${level.toUpperCase()} ` : '';
  return [[clock(at), `${mark}${first}`].filter(Boolean).join(' '), ...rest];
}

/** Levels worth a word where the line itself does not say them: those of JSON records. */
const marked = new Set(['fatal', 'error', 'warn']);

function says(line: string, level: string): boolean {
  return (
    new RegExp(level, 'i').test(line.slice(0, 120)) ||
    /exception|fatal|panic|critical/i.test(line.slice(0, 120))
  );
}

/** `14:38:12` */
function clock(at: string | undefined): string {
  return at === undefined ? '' : at.slice(11, 19);
}
