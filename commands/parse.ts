import { parseArgs } from 'node:util';
import { parseReference } from '#diagnostics/reference.ts';
import { type EnvironmentSummary, type Request, type RequestOptions, UsageError } from './command.ts';
import { commands } from './index.ts';
import { matching, nearest } from './near.ts';
import { takeOtherEnd } from './other-end.ts';
import { environmentNamed, readTarget } from './read-target.ts';
import { readSince } from './since.ts';

interface Known {
  environments: readonly EnvironmentSummary[];
  /** What the place already says: in a thread, its own target. */
  defaults?: Partial<Request>;
}

/** Reads a request as it was typed: `why-stopped api prod --since 2h`. @throws UsageError */
export function parseRequest(typed: string, known: Known): Request {
  return parseWords(splitWords(straighten(typed)), known);
}

/** Reads a request that a shell has already split into words. @throws UsageError */
export function parseWords(words: readonly string[], { environments, defaults = {} }: Known): Request {
  const [name = 'help', ...rest] = words;
  const command = commands.get(name.toLowerCase());
  if (!command) throw unknownCommand(name, rest, environments);
  // The text of `explain` is somebody else's: nothing in it is an option of ours.
  if (command.name === 'explain') {
    const text = rest.join(' ').trim();
    if (!text)
      throw new UsageError('explain needs the text to explain, as AWS wrote it.', [
        'explain CannotPullContainerError: …',
      ]);
    return { command: 'explain', text, options: {} };
  }
  const { positionals, options } = readOptions(command.name, rest.map(dashed), command.options);
  if (command.name === 'help') return { command: 'help', text: topicOf(positionals[0]), options };
  if (command.usage === '[ENVIRONMENT]') {
    if (positionals.length > 1)
      throw new UsageError(`${command.name} takes one environment, or none.`, [command.name]);
    return { command: command.name, environment: positionals[0], options };
  }
  const names = environments.map((one) => one.name);
  const isEnvironment = (word: string) => environmentNamed(word, names) !== undefined;
  const { to, rest: target } = takeOtherEnd(command, positionals.map(unmarked), isEnvironment, defaults);
  const request = {
    ...readTarget(command.name, target, environments, defaults, options),
    ...(to !== undefined && { to }),
  };
  return { ...request, options: { ...stillMeant(request, defaults), ...options } };
}

/** What a thread says of its target holds as long as the target is the same: a cluster is its environment's. */
function stillMeant(
  { service, environment }: Omit<Request, 'options'>,
  defaults: Partial<Request>,
): RequestOptions {
  if (environment !== defaults.environment) return {};
  const { task: _task, family: _family, ...place } = defaults.options ?? {};
  return service === defaults.service ? (defaults.options ?? {}) : place;
}

/** @throws UsageError where a command is meant that is not there; any other word is no topic, and all are listed */
function topicOf(word: string | undefined): string | undefined {
  if (word === undefined || commands.has(word.toLowerCase())) return word?.toLowerCase();
  const close = nearest(word, [...commands.keys()]);
  if (close.length === 0) return word;
  throw new UsageError(
    `There is no command “${word}”. Did you mean ${close.join(' or ')}?`,
    close.map((name) => `help ${name}`),
  );
}

/** Two dashes before an option, however an editor wrote them. */
function dashed(word: string): string {
  return word.replace(/^[—–]{1,2}(?=[A-Za-z])/, '--');
}

/** Slack's editors turn quotes and dashes into typographic ones. */
function straighten(text: string): string {
  return text
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/(^|\s)[—–]{1,2}(?=[A-Za-z])/g, '$1--')
    .replace(/\u00a0/g, ' ');
}

/** A name as a chat decorates it: `api`, *api*, “api”. */
function unmarked(word: string): string {
  return word.replace(/^[`'*~"“”„‘’]+|[`'*~"“”„‘’]+$/g, '') || word;
}

/** Splits as a shell does, as far as quotes go; an unclosed quote ends with the text. */
function splitWords(text: string): string[] {
  const words = text.matchAll(/(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|[^\s"']+)+/g);
  return [...words].map(([word]) =>
    word.replace(/"([^"]*)(?:"|$)|'([^']*)(?:'|$)/g, (_, a, b) => a ?? b ?? ''),
  );
}

function unknownCommand(
  name: string,
  rest: readonly string[],
  environments: readonly EnvironmentSummary[],
): UsageError {
  const names = environments.map((environment) => environment.name);
  const isTarget =
    parseReference(name) !== undefined || rest.some((word) => environmentNamed(word, names) !== undefined);
  // A word of thanks is no slip of the keyboard, for few slip at the first letter.
  const close = nearest(name, [...commands.keys()]).filter(
    (command) => command[0] === name[0]?.toLowerCase() || matching(name, [command]).length > 0,
  );
  if (close.length === 0 && isTarget) {
    const target = [name, ...rest].join(' ');
    return new UsageError(
      'The first word is the command.',
      ['why-stopped', 'status'].map((command) => `${command} ${target}`),
    );
  }
  const instead = close.map((command) => [command, ...rest].join(' '));
  const hint = close.length > 0 ? `Did you mean ${close.join(' or ')}?` : 'help lists the commands.';
  return new UsageError(`There is no command “${name}”. ${hint}`, instead);
}

const optionTypes = {
  cluster: { type: 'string' },
  region: { type: 'string' },
  since: { type: 'string' },
  task: { type: 'string' },
  container: { type: 'string' },
  filter: { type: 'string' },
  family: { type: 'string' },
  page: { type: 'string' },
  query: { type: 'string' },
  cancel: { type: 'string' },
  compare: { type: 'boolean' },
  wide: { type: 'boolean' },
  errors: { type: 'boolean' },
  head: { type: 'boolean' },
  previous: { type: 'boolean' },
  running: { type: 'boolean' },
  follow: { type: 'boolean' },
  platform: { type: 'boolean' },
  who: { type: 'boolean' },
  markdown: { type: 'boolean' },
  private: { type: 'boolean' },
} as const satisfies Record<keyof RequestOptions, { type: 'string' | 'boolean' }>;

function readOptions(
  command: string,
  words: readonly string[],
  allowed: readonly (keyof RequestOptions)[],
): { positionals: string[]; options: RequestOptions } {
  const { tokens, positionals, values } = parseArgs({
    args: [...words],
    options: optionTypes,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const texts = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const name = token.name;
    if (!allowed.some((option) => option === name)) {
      const close = nearest(name, allowed).map((option) => `--${option}`);
      const takes =
        close.length > 0
          ? `Did you mean ${close.join(' or ')}?`
          : `It takes ${allowed.map((option) => `--${option}`).join(', ') || 'no options'}.`;
      throw new UsageError(`${command} has no option ${token.rawName}. ${takes}`);
    }
    const takesText = optionTypes[name as keyof RequestOptions]?.type === 'string';
    if (takesText && (token.value === undefined || token.value === '' || token.value.startsWith('--'))) {
      throw new UsageError(`--${name} needs a value, for example --${name} ${exampleOf(name)}.`);
    }
    const before = texts.get(name);
    if (before !== undefined && before !== token.value) {
      throw new UsageError(`--${name} is given twice: ${before} and ${token.value}. Which one?`);
    }
    if (token.value !== undefined) texts.set(name, token.value);
  }
  const { since, ...given } = values;
  return {
    positionals,
    options: {
      ...(given as Omit<RequestOptions, 'since'>),
      ...(since !== undefined && { since: readSince(String(since)) }),
    },
  };
}

function exampleOf(name: string): string {
  const examples: Record<string, string> = {
    since: '2h',
    cluster: 'prod',
    region: 'eu-west-1',
    task: '0123456789abcdef0123456789abcdef',
    container: 'app',
    filter: 'ERROR',
    family: 'nightly-report',
    query: 'latency',
  };
  return examples[name] ?? 'VALUE';
}
