import { assignments, isHarmlessValue, isSecretName } from './redaction/assignments.ts';
import { keyBodies } from './redaction/key-bodies.ts';
import { joined, masked, maskOf, type Range, withoutMasks } from './redaction/range.ts';
import { lintSecrets } from './redaction/secretlint.ts';
import { privateKeys, shapedSecrets } from './redaction/shapes.ts';

/** Characters that are searched at once: enough to make a run worth its start, too few to fill the memory. */
const atOnce = 1 << 20;

/**
 * Hides what must not leave the process: keys, tokens and passwords become `[redacted: github token]`.
 * Account ids, ARNs, addresses, digests and ids of requests and tasks stay. Never throws; a second run changes
 * nothing; lines stay lines.
 */
export async function redact(text: string): Promise<string> {
  const done: string[] = [];
  for (const chunk of chunksOf(text)) done.push(await redactChunk(chunk));
  return done.join('');
}

/** As `redact`, line by line, and a key that runs over several lines is hidden in all of them. */
export async function redactAll(lines: readonly string[]): Promise<string[]> {
  const whole = await redact(lines.join('\n'));
  // Masks never hold or take a line break, so every line is found by counting.
  const rows = whole.split('\n');
  let next = 0;
  return lines.map((line) => {
    const height = line.split('\n').length;
    next += height;
    return rows.slice(next - height, next).join('\n');
  });
}

/** A copy of a value in which every text is redacted, and whatever a key or a `name` calls a secret is hidden. */
export async function redactDeep<Value>(value: Value): Promise<Value> {
  const texts: string[] = [];
  collect(value, undefined, (text) => texts.push(text));
  const redacted = await redactAll(texts);
  let next = 0;
  return rebuilt(value, undefined, () => redacted[next++] ?? '') as Value;
}

async function redactChunk(text: string): Promise<string> {
  let result = text;
  // What one round hides can bare another secret's beginning; every round hides more, so this comes to rest.
  for (;;) {
    const ranges = await findSecrets(result);
    if (ranges.length === 0) return result;
    result = masked(result, ranges);
  }
}

async function findSecrets(text: string): Promise<Range[]> {
  const searched = withoutMasks(text);
  const own = [
    ...privateKeys(searched),
    ...keyBodies(searched),
    ...shapedSecrets(searched),
    ...assignments(searched),
  ];
  const linted = await lintSecrets(searched);
  // A connection string is a secret by its password alone, and its host is a fact.
  const rest = linted.filter(
    ({ start, end, what }) =>
      !(what === 'connection string' || what === 'password') ||
      !own.some((range) => range.start < end && start < range.end),
  );
  return joined([...own, ...rest], searched);
}

function* chunksOf(text: string): Generator<string> {
  let from = 0;
  while (text.length - from > atOnce) {
    const to = cutBefore(text, from, from + atOnce);
    yield text.slice(from, to);
    from = to;
  }
  if (from < text.length) yield text.slice(from);
}

/** A line break to cut after, before a key that would be cut in two; else a blank; else wherever it falls. */
function cutBefore(text: string, from: number, to: number): number {
  const begun = text.lastIndexOf('-----BEGIN ', to);
  const open = begun > to - 32_768 && text.slice(begun, to).includes('-----END ') === false;
  const limit = open && begun > from ? begun : to;
  for (const blank of ['\n', ' ']) {
    const at = text.lastIndexOf(blank, limit - 1);
    if (at > from + atOnce / 2) return at + 1;
  }
  return limit;
}

function collect(value: unknown, name: string | undefined, take: (text: string) => void): void {
  if (typeof value === 'string') {
    if (!isSecret(name, value)) take(value);
  } else if (Array.isArray(value)) {
    for (const inner of value) collect(inner, name, take);
  } else if (isPlain(value)) {
    for (const [key, inner] of Object.entries(value)) collect(inner, nameOf(value, key), take);
  }
}

function rebuilt(value: unknown, name: string | undefined, give: () => string): unknown {
  if (typeof value === 'string') return isSecret(name, value) ? maskOf('secret') : give();
  if (Array.isArray(value)) return value.map((inner) => rebuilt(inner, name, give));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, rebuilt(inner, nameOf(value, key), give)]),
  );
}

/** Task definitions give variables as pairs: `{ name: 'DB_PASSWORD', value: 'hunter2' }`. */
function nameOf(holder: Record<string, unknown>, key: string): string {
  const { name } = holder;
  return key === 'value' && typeof name === 'string' ? name : key;
}

function isSecret(name: string | undefined, value: string): boolean {
  return name !== undefined && isSecretName(name) && !isHarmlessValue(value) && withoutMasks(value) === value;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
