import { parseReference } from '#diagnostics/reference.ts';
import { type EnvironmentSummary, type Request, type RequestOptions, UsageError } from './command.ts';
import { nearest } from './near.ts';

/** SERVICE and ENVIRONMENT: which word is which is decided by the names of the environments. */
export function readTarget(
  command: string,
  positionals: readonly string[],
  environments: readonly EnvironmentSummary[],
  defaults: Partial<Request>,
  options: RequestOptions,
): Omit<Request, 'options'> {
  const names = environments.map(({ name }) => name);
  const [first, second, ...more] = positionals;
  const usage = `${command} SERVICE ENVIRONMENT`;
  if (more.length > 0) {
    throw new UsageError(`${usage} takes two words; “${more.join(' ')}” is too much.`, [
      `${command} ${first} ${second}`,
    ]);
  }
  if (first === undefined) {
    if (defaults.service !== undefined)
      return { command, service: defaults.service, environment: defaults.environment };
    throw new UsageError(
      `${command} needs a service and an environment: ${usage}.`,
      examples(command, names),
    );
  }
  if (second === undefined) return oneWord(command, first, names, defaults, options);
  const last = environmentNamed(second, names);
  if (last !== undefined) return { command, service: first, environment: last };
  const leading = environmentNamed(first, names);
  if (leading !== undefined) return { command, service: second, environment: leading };
  const close = nearest(second, names);
  const hint = close.length > 0 ? `Did you mean ${close.join(' or ')}?` : knownEnvironments(names);
  throw new UsageError(
    `There is no environment “${second}”. ${hint}`,
    close.map((name) => `${command} ${first} ${name}`),
  );
}

function oneWord(
  command: string,
  word: string,
  names: readonly string[],
  defaults: Partial<Request>,
  { family, task }: RequestOptions,
): Omit<Request, 'options'> {
  const reference = parseReference(word);
  // An ARN says which account and region, and the environment follows from them; a task's id says neither.
  if (reference) {
    const told = reference.account !== undefined;
    return { command, service: word, environment: told ? undefined : defaults.environment };
  }
  const named = environmentNamed(word, names);
  if (named !== undefined) {
    // A family or a task is a target of its own.
    if (family !== undefined || task !== undefined) return { command, environment: named };
    if (defaults.service !== undefined) return { command, service: defaults.service, environment: named };
    throw new UsageError(`Which service in ${named}?`, [`${command} SERVICE ${named}`]);
  }
  const environment = defaults.environment ?? (names.length === 1 ? names[0] : undefined);
  if (environment !== undefined) return { command, service: word, environment };
  throw new UsageError(
    `In which environment is “${word}”? ${knownEnvironments(names)}`,
    names.slice(0, 3).map((name) => `${command} ${word} ${name}`),
  );
}

/** Telephones begin words with a capital. */
export function environmentNamed(word: string, names: readonly string[]): string | undefined {
  if (names.includes(word)) return word;
  const alike = names.filter((name) => name.toLowerCase() === word.toLowerCase());
  return alike.length === 1 ? alike[0] : undefined;
}

function knownEnvironments(names: readonly string[]): string {
  return names.length === 0
    ? 'There is none that you may look at here.'
    : `There ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`;
}

function examples(command: string, names: readonly string[]): string[] {
  return names.slice(0, 2).map((name) => `${command} SERVICE ${name}`);
}
