import { exactly, readEntries } from '#diagnostics/log-reading/entries.ts';
import { entryLines } from '#diagnostics/log-reading/words.ts';
import type { LogTail } from '#diagnostics/report.ts';
import { clamp, plain, size } from './escape.ts';

/** One entry of several takes at most this part of the room, as a divisor. */
const giantShare = 8;

/** The part of a tail that there is room for. */
export interface Kept {
  /** As it is shown. */
  lines: string[];
  /** Lines of the log before those that are shown. */
  earlier: number;
  /** Lines that were read behind those that are shown. */
  later: number;
  /** An entry is shown in part. */
  isClamped: boolean;
  /** The tail, beginning where what is shown begins. */
  tail: LogTail;
}

/** The newest entries that fit into `most` code points, in order; of a giant one the beginning, so that it does not cost those around it. */
export function newestThatFit(tail: LogTail, most: number): Kept {
  const entries = entriesOf(tail);
  const longest = entries.length === 1 ? most : Math.floor(most / giantShare);
  let left = most;
  let isClamped = false;
  let first = entries.length;
  const lines: string[] = [];
  for (const entry of entries.toReversed()) {
    const whole = plain(entryLines(entry).join('\n')).trimEnd();
    const isLast = lines.length === 0;
    const text = clamp(whole, isLast && left < longest ? Math.max(1, left - 1) : longest);
    if (size(text) + 1 > left && !isLast) break;
    left -= size(text) + 1;
    isClamped ||= text !== whole;
    first -= 1;
    lines.unshift(text);
  }
  const begins = entries[first]?.line;
  const earlier = begins ?? 0;
  return {
    lines,
    earlier,
    later: 0,
    isClamped,
    tail: first > 0 && begins !== undefined ? beginningAt(tail, begins) : tail,
  };
}

/** As `newestThatFit`, from the beginning of the log on: "Newer" goes on behind what is shown. */
export function oldestThatFit(tail: LogTail, most: number): Kept {
  const entries = entriesOf(tail);
  const longest = entries.length === 1 ? most : Math.floor(most / giantShare);
  let left = most;
  let isClamped = false;
  const lines: string[] = [];
  for (const entry of entries) {
    const whole = plain(entryLines(entry).join('\n')).trimEnd();
    const text = clamp(whole, Math.max(1, Math.min(longest, lines.length === 0 ? left - 1 : longest)));
    if (size(text) + 1 > left && lines.length > 0) break;
    left -= size(text) + 1;
    isClamped ||= text !== whole;
    lines.push(text);
  }
  const end = entries[lines.length]?.line;
  const later = end === undefined ? 0 : tail.lines.length - end;
  return { lines, earlier: 0, later, isClamped, tail: end === undefined ? tail : endingBefore(tail, end) };
}

function entriesOf(tail: LogTail): NonNullable<LogTail['entries']> {
  const read = () =>
    readEntries(
      tail.lines.map(({ at, message }) => ({ at, message })),
      exactly,
    );
  return tail.entries ?? read();
}

/** The tail's place of ending moved to before one of its lines. */
function endingBefore(tail: LogTail, line: number): LogTail {
  const { from, lines } = tail;
  const last = lines[line - 1]?.at;
  const at = Date.parse(last ?? '');
  if (from === undefined || Number.isNaN(at)) return tail;
  // Nothing lies before the first page, so what it shows of a millisecond is all that was seen of it.
  const skip = lines.slice(0, line).filter((one) => Date.parse(one.at ?? '') === at).length;
  return { ...tail, to: { at, skip }, newer: true };
}

/** The tail's place of beginning moved to one of its lines: "Older" goes on before that. */
function beginningAt(tail: LogTail, line: number): LogTail {
  const { from, lines } = tail;
  const at = Date.parse(lines[line]?.at ?? '');
  if (from === undefined || Number.isNaN(at)) return tail;
  const same = (some: LogTail['lines']) => some.filter((one) => Date.parse(one.at ?? '') === at).length;
  // Of the first millisecond some may lie on a newer page.
  const seen = at === from.at ? from.skip - same(lines) : 0;
  return { ...tail, from: { at, skip: same(lines.slice(line)) + Math.max(0, seen) }, older: true };
}
