import type { Range } from './range.ts';

interface Row {
  start: number;
  end: number;
  text: string;
}

/** Lines of a key are all as wide: 64 characters in PEM (RFC 7468) and in PGP's armor as GnuPG writes it, 70 in OpenSSH's. */
const full = /^(?:[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{70})$/;
/** Somewhere in every text that holds such a line. */
const likely = /(?:^|[^\w+/])[A-Za-z0-9+/]{64}(?:[A-Za-z0-9+/]{6})?(?![\w+/])/;
/** The last line of a key holds the rest. */
const rest = /^[A-Za-z0-9+/]{1,69}={0,2}$/;

/**
 * Lines of keys whose beginning and end both lie outside of the text, as on a page from within one. One line alone could
 * be a checksum; two as wide with letters of both cases and figures mixed as chance mixes them are written by nothing
 * but encoders. Certificates and public keys stay where the text says that they are such.
 */
export function keyBodies(text: string): Range[] {
  if (!likely.test(text)) return [];
  const rows = rowsOf(text);
  const ranges: Range[] = [];
  for (let first = 0; first < rows.length; first += 1) {
    const last = lastOf(rows, first);
    if (last > first && isMixed(rows.slice(first, last + 1)) && !isPublic(rows, first, last)) {
      const start = isRest(rows[first - 1]) ? rows[first - 1]?.start : rows[first]?.start;
      const end = isRest(rows[last + 1]) ? rows[last + 1]?.end : rows[last]?.end;
      ranges.push({ start: start ?? 0, end: end ?? text.length, what: 'private key' });
    }
    first = Math.max(first, last);
  }
  return ranges;
}

/** Lines end with a line break, or with the two characters that JSON writes for one. */
function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  let start = 0;
  const take = (end: number) => rows.push({ start, end, text: text.slice(start, end).trim() });
  for (const { index, 0: ending } of text.matchAll(/\r?\n|(?:\\r)?\\n/g)) {
    take(index);
    start = index + ending.length;
  }
  take(text.length);
  return rows;
}

/** The last of the rows that are as wide as this one; the one before it where it is no row of a key. */
function lastOf(rows: readonly Row[], first: number): number {
  const { text = '' } = rows[first] ?? {};
  if (!full.test(text)) return first - 1;
  let next = first + 1;
  while (rows[next]?.text.length === text.length && full.test(rows[next]?.text ?? '')) next += 1;
  return next - 1;
}

/** Of random bytes in base64, four characters of ten are capitals, four small letters, and more than one a figure. */
function isMixed(rows: readonly Row[]): boolean {
  const text = rows.map((row) => row.text).join('');
  const share = (of: RegExp) => (text.match(of)?.length ?? 0) / text.length;
  return share(/[A-Z]/g) > 0.2 && share(/[a-z]/g) > 0.2 && share(/\d/g) > 0.05;
}

/** A short line beside a run, before it where the newest line comes first. */
function isRest(row: Row | undefined): boolean {
  if (row === undefined || !rest.test(row.text)) return false;
  return row.text.endsWith('=') || (row.text.length >= 16 && isMixed([row]));
}

const publicBegin = /-----BEGIN (?![A-Z0-9 ]*PRIVATE KEY)/;
const publicEnd = /-----END (?![A-Z0-9 ]*PRIVATE KEY)/;
/** Headers of PGP's armor and the empty line behind them; the rest of the body and its checksum. */
const between = /^(?:[A-Za-z-]{1,40}: .*)?$/;
const behind = /^=?[A-Za-z0-9+/]{0,69}={0,2}$/;
const betweenAtMost = 5;

/** Whether the text says, right before or behind, that this is nobody's secret. */
function isPublic(rows: readonly Row[], first: number, last: number): boolean {
  let before = first - 1;
  while (first - before <= betweenAtMost && before > 0 && between.test(rows[before]?.text ?? '')) before -= 1;
  let after = last + 1;
  while (after - last <= 2 && behind.test(rows[after]?.text ?? '-')) after += 1;
  return publicBegin.test(rows[before]?.text ?? '') || publicEnd.test(rows[after]?.text ?? '');
}
