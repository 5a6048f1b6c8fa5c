import { isHarmlessValue } from './assignments.ts';
import type { Range } from './range.ts';

interface Shape {
  what: string;
  /** The group `secret` is hidden, or the whole match. Every repetition is bounded or starts at a fixed text. */
  pattern: RegExp;
  /** One of these is in every text that it finds something in: others need not be searched. */
  marks?: readonly string[];
}

/** Secrets that are known by their shape or by what stands before them. */
const shapes: readonly Shape[] = [
  { what: 'jwt', pattern: /(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]*){2,4}/dg },
  // Every session token of STS begins with the same bytes.
  { what: 'aws session token', pattern: /(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[\w+/=%-]{20,}/dg },
  {
    what: 'authorization',
    pattern:
      /authorization\\{0,3}["']?[ \t]{0,4}[:=][ \t]{0,4}\\{0,3}["']?(?:(?:bearer|basic|digest|token|negotiate|apikey) +)?(?!AWS4|(?:bearer|basic|digest|token|negotiate|apikey)\b)(?<secret>[^\s"'\\,;\uFDD0]{4,})/dgi,
  },
  // Sentences speak of bearer and basic too: a credential has a digit in it or is long.
  { what: 'bearer token', pattern: /\bbearer +(?<secret>(?=[^\s\d]{0,64}\d)[\w.~+/=-]{8,})/dgi },
  { what: 'password', pattern: /\bbasic +(?<secret>(?=[^\s\d=]{0,64}[\d=])[\w+/]{8,}={0,2})/dgi },
  { what: 'signature', pattern: /\bsignature=(?<secret>[0-9a-f]{32,})/dgi },
  {
    what: 'aws session token',
    pattern:
      /x-amz-security-token\\{0,3}["']?[ \t]{0,4}[:=][ \t]{0,4}\\{0,3}["']?(?<secret>[^\s"'\\&,\uFDD0]{8,})/dgi,
  },
  {
    what: 'cookie',
    pattern:
      /\b(?:set-)?cookie\\{0,3}["']?:[ \t]{0,4}\\{0,3}["']?(?<secret>[^\s"'\\=;\uFDD0]{1,128}=[^"'\\\n\uFDD0]{3,})/dgi,
  },
  { what: 'password', pattern: /:\/\/[^\s/:@?#"'<>\uFDD0]{0,128}:(?<secret>[^\s/?#"'<>\uFDD0]{1,256})@/dg },
  { what: 'token', pattern: /:\/\/(?<secret>[\w-]{20,256})@/dg },
  {
    what: 'password',
    marks: ['@tcp(', '@unix('],
    pattern: /(?<![\w.-])[\w.-]{1,64}:(?<secret>[^\s@/:"'\uFDD0]{1,128})@(?:tcp|unix)\(/dg,
  },
];

/** Every secret of a known shape in the text. */
export function shapedSecrets(text: string): Range[] {
  const likely = shapes.filter(({ marks }) => marks?.some((mark) => text.includes(mark)) ?? true);
  return likely.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [start, end] = match.indices?.groups?.secret ?? match.indices?.[0] ?? [0, 0];
      return isHarmlessValue(text.slice(start, end)) ? [] : [{ start, end, what }];
    }),
  );
}

const pemBegin = /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----/g;
/** A key of 16384 bits takes thirteen thousand characters. */
const pemAtMost = 16_384;

/** Private keys over any number of lines, cut off ones too. Certificates are public and stay. */
export function privateKeys(text: string): Range[] {
  const ranges: Range[] = [];
  let done = 0;
  for (const match of text.matchAll(pemBegin)) {
    const start = match.index;
    if (start < done) continue;
    const closing = `-----END ${match[1]}-----`;
    const within = text.slice(start, start + pemAtMost).indexOf(closing);
    done = within === -1 ? bodyEnd(text, start + match[0].length) : start + within + closing.length;
    ranges.push({ start, end: done, what: 'private key' });
  }
  return [...ranges, ...ends(text, ranges)];
}

const pemEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** Ends of keys whose beginning lies before the text, as on a page of a log that begins within one. */
function ends(text: string, whole: readonly Range[]): Range[] {
  const ranges: Range[] = [];
  const known = new Set(whole.map(({ end }) => end));
  let done = 0;
  for (const match of text.matchAll(pemEnd)) {
    const end = match.index + match[0].length;
    // What lies before another end is no part of this key, and is not looked through again.
    if (!known.has(end)) ranges.push({ start: bodyBegin(text, done, match.index), end, what: 'private key' });
    done = end;
  }
  return ranges;
}

const wholeLine = /^[ \t]*[\w+/]{16,}={0,2}[ \t]*$/;
/** The last one may be short. */
const lastLine = /^[ \t]*[\w+/]+={0,2}[ \t]*$/;

function bodyBegin(text: string, after: number, to: number): number {
  const from = Math.max(after, to - pemAtMost);
  let begin = to;
  // Lines end with a line break, or with the two characters that JSON writes for one.
  const rows = text.slice(from, to).split(/(\r?\n|(?:\\r)?\\n)/);
  for (let row = rows.length - 1; row >= 0; row -= 2) {
    const line = rows[row] ?? '';
    const isLast = row === rows.length - 3;
    if (line !== '' && !(isLast ? lastLine : wholeLine).test(line)) return begin;
    begin -= line.length;
    if (row > 0) begin -= rows[row - 1]?.length ?? 0;
  }
  return begin;
}

const bodyLine = /(?:\\n|\r?\n)?[ \t]*(?:[\w+/]{16,}={0,2}|[\w+/]{1,64}={1,2})(?=\\|\s|["']|$)/y;

// Without its end a key is taken to go on for as long as there are lines of it.
function bodyEnd(text: string, from: number): number {
  let end = from;
  for (;;) {
    bodyLine.lastIndex = end;
    if (end - from > pemAtMost || !bodyLine.test(text)) return end;
    end = bodyLine.lastIndex;
  }
}
