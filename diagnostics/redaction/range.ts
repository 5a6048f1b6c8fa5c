/** A stretch of text to hide, and what it is in a word or two. */
export interface Range {
  start: number;
  end: number;
  what: string;
}

/** Stands in for a mask while a text is searched: a noncharacter, which no rule takes for part of a value. */
export const filler = '\uFDD0';

const maskForm = /\[redacted: [a-z0-9 ]{1,40}\]/g;

export function maskOf(what: string): string {
  return `[redacted: ${what}]`;
}

/** The text with the masks of an earlier run made unrecognisable, every other character in its place. */
export function withoutMasks(text: string): string {
  return text.replace(maskForm, (mask) => filler.repeat(mask.length));
}

/**
 * Sorts, drops what hides only masks, and joins what overlaps. Of two that overlap the first in the list names
 * the stretch.
 */
export function joined(ranges: readonly Range[], searched: string): Range[] {
  const ranked = ranges
    .map((range, rank) => ({ ...trimmed(range, searched), rank }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || a.rank - b.rank);
  const result: typeof ranked = [];
  for (const range of ranked) {
    const last = result.at(-1);
    if (!last || range.start >= last.end) {
      result.push(range);
      continue;
    }
    last.end = Math.max(last.end, range.end);
    if (range.rank > last.rank) continue;
    last.what = range.what;
    last.rank = range.rank;
  }
  return result;
}

/** Without the masks at its ends, so that none is cut in two. */
function trimmed(range: Range, searched: string): Range {
  let { start, end } = range;
  while (start < end && searched[start] === filler) start += 1;
  while (end > start && searched[end - 1] === filler) end -= 1;
  return { ...range, start, end };
}

/** Puts masks in place of ranges, one in each line that a range touches, so that lines stay lines. */
export function masked(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, what } of ranges) {
    const lines = text.slice(start, end).split('\n');
    parts.push(text.slice(done, start), lines.map((line) => (line === '' ? '' : maskOf(what))).join('\n'));
    done = end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(done);
}
