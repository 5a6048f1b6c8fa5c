import { filler, type Range } from './range.ts';

/** Names whose value is a secret, as they end: `DB_PASSWORD`, `clientSecret`, `x-api-key`. */
const words =
  'passwords?|passwd|passphrase|passwort|(?<=[_.-])pass|pwd|secret|token|api[_-]?key|(?:secret[_-]?)?access[_-]?key|' +
  'secret[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|account[_-]?key|client[_-]?key|' +
  'x-amz-signature|jsessionid|phpsessid|connect\\.sid';

/** Tokens that page through a list or make a request safe to repeat. */
const harmlessNames =
  /(?:next|page|paging|pagination|continuation|client|clientrequest|request|sync|cancellation|idempotency)[_-]?token$/i;

/** Values that tell nothing: references, placeholders, what is already hidden, and what an error says of a secret. */
const harmlessValues =
  /^(?:arn:aws[\w-]*:.*|null|nil|none|undefined|true|false|yes|no|empty|unset|\*+|x{3,}|\.{3,}|<[^>]*>|\$\{.*|\$[A-Z_]\w*|\{\{.*|%[sdvq]|expired|invalid|missing|required|incorrect|wrong|unauthorized|denied|failed|rejected|mismatch|not|is|was|has|must|cannot)[.,;:]?$/is;

const assignment = new RegExp(
  `(?:${words})(?:\\\\{0,3}["'\`])?(?:[ \\t]{0,8}(?:=>|[=:])[ \\t]{0,8}|\\s{0,8},\\s{0,8}\\\\{0,3}["']value\\\\{0,3}["']\\s{0,8}:\\s{0,8})`,
  'gi',
);
const flag = new RegExp(`(?<![\\w-])--[\\w-]{0,40}?(?:${words})[ \\t]{1,4}(?=[^\\s-])`, 'gi');
const element = new RegExp(`<[\\w:.-]{0,40}?(?:${words})>(?=[^<\\s])`, 'gi');
const query = /[?&](?:sig|signature|code|key|auth|jwt)=(?=[^&\s])/gi;

/** Whether a name is one of those whose value is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !harmlessNames.test(name);
}
const secretName = new RegExp(`(?:${words})$`, 'i');

/** Whether a value of such a name may be shown all the same. */
export function isHarmlessValue(value: string): boolean {
  return value.trim() === '' || harmlessValues.test(value);
}

/** Values that are given to a name of a secret, in env, JSON, YAML, query, XML and command line notation. */
export function assignments(text: string): Range[] {
  const ranges: Range[] = [];
  for (const match of text.matchAll(assignment)) {
    if (match.index < (ranges.at(-1)?.end ?? 0)) continue;
    const name = nameBefore(text, match.index) + (/^[\w.-]+/.exec(match[0])?.[0] ?? '');
    if (harmlessNames.test(name)) continue;
    // A colon on either side makes it a piece of an ARN, or of a reference to a key of a secret.
    if (text[match.index - 1] === ':' && match[0].endsWith(':')) continue;
    const range = valueAt(text, match.index + match[0].length, wordOf(match[0]));
    if (!range || isExcused(text, match[0], range)) continue;
    ranges.push(range);
  }
  for (const match of text.matchAll(flag)) push(ranges, text, match);
  for (const match of text.matchAll(query)) push(ranges, text, match);
  for (const match of text.matchAll(element)) {
    const start = match.index + match[0].length;
    const end = endOf(text, start, /[<\n]/);
    if (!isHarmlessValue(text.slice(start, end))) ranges.push({ start, end, what: wordOf(match[0]) });
  }
  return ranges;
}

function push(ranges: Range[], text: string, match: RegExpExecArray): void {
  const range = valueAt(text, match.index + match[0].length, wordOf(match[0]));
  if (range && !isHarmlessValue(text.slice(range.start, range.end))) ranges.push(range);
}

function isExcused(text: string, assigned: string, { start, end }: Range): boolean {
  const value = text.slice(start, end);
  if (isHarmlessValue(value)) return true;
  // The shell's working directory.
  if (/^pwd/i.test(assigned) && /^(?:\/|[A-Z]:\\)/i.test(value)) return true;
  // "invalid token: unexpected end of input" is a sentence; "password: hunter" is YAML.
  const prose =
    /:[ \t]+$/.test(assigned) && /^[a-z]+$/i.test(value) && /^ [a-z]+\b/i.test(text.slice(end, end + 20));
  return prose;
}

const nameCharacter = /[\w.-]/;

function nameBefore(text: string, at: number): string {
  let start = at;
  while (start > 0 && at - start < 40 && nameCharacter.test(text[start - 1] ?? '')) start -= 1;
  return text.slice(start, at);
}

/** The value that begins here: quoted, quoted inside another string, or bare. */
function valueAt(text: string, from: number, what: string): Range | undefined {
  const near = text.slice(from, from + 64);
  if (reference.test(near)) return undefined;
  const opening = /^\\{0,7}["'`]/.exec(near)?.[0];
  const start = from + (opening?.length ?? 0);
  const end = opening ? closingOf(text, start, opening) : endOf(text, start, bareEnd);
  return end > start ? { start, end, what } : undefined;
}

/** A variable or a placeholder in the value's stead. */
const reference = /^(?:\$\{|\$[A-Z_]{2,}\b|\{\{|<[\w -]{1,40}>)/;
const bareEnd = new RegExp(`[\\s"'\`,;&<>(){}\\[\\]|\\\\${filler}]`);
/** A secret longer than this is a file, and what is left of it tells nothing without its beginning. */
const longest = 16_384;
const lineEnd = new RegExp(`[\\n${filler}]`);

/** The closing quote of the same depth; a value that is cut off runs to the end of its line. */
function closingOf(text: string, start: number, opening: string): number {
  const limit = endOf(text, start, lineEnd);
  const quote = opening.slice(-1);
  const depth = opening.length - 1;
  for (let at = text.indexOf(quote, start); at !== -1 && at < limit; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (at - slashes > start && text[at - slashes - 1] === '\\') slashes += 1;
    if (slashes <= depth || (depth === 0 && slashes % 2 === 0)) return at - Math.min(slashes, depth);
  }
  return limit;
}

function endOf(text: string, start: number, end: RegExp): number {
  const near = text.slice(start, start + longest);
  const at = near.search(end);
  return start + (at === -1 ? near.length : at);
}

function wordOf(assigned: string): string {
  if (/pass|pwd/i.test(assigned)) return 'password';
  if (/token/i.test(assigned)) return 'token';
  if (/sess|sid/i.test(assigned)) return 'session';
  if (/sig/i.test(assigned)) return 'signature';
  return /key/i.test(assigned) ? 'key' : 'secret';
}
