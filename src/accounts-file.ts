import { isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { relations } from './accounts-relations.ts';
import { accountsSchema, expectations, knownKeys, secretKeys } from './accounts-schema.ts';
import { partitionOf } from './aws/partition.ts';
import type { Environment } from './config.ts';
import { ConfigError, type Fault, hint, nearest } from './fault.ts';

type Path = readonly PropertyKey[];
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the accounts file's text.
 *
 * @param allowRequired whether every environment has to say who may look at it
 * @throws ConfigError with every fault that can be told at once
 */
export function parseAccounts(
  text: string,
  file: string,
  variables: Variables,
  allowRequired: boolean,
): Environment[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map(({ message, pos: [at] }) => ({
        file,
        line: lines.linePos(at).line,
        wrong: `is not YAML: ${message.replace(/\s+/g, ' ').replace(/[.:]$/, '')}`,
        expected: 'YAML as in accounts.example.yaml',
      })),
    );
  }

  /** The line of the nearest thing on the path that is there. */
  function lineOf(path: Path): number | undefined {
    for (let length = path.length; length > 0; length -= 1) {
      const key = path.slice(0, length);
      const holder = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
      const pair = pairOf(holder, key.at(-1));
      const range = pair ?? (document.getIn(key, true) as { range?: [number] } | undefined)?.range?.[0];
      if (range !== undefined) return lines.linePos(range).line;
    }
    return undefined;
  }

  const faults: Fault[] = [];
  const fault = (path: Path, wrong: string, expected: string, at: Path = path) =>
    faults.push({
      file,
      line: lineOf(at),
      key: path.length === 0 ? undefined : path.join('.'),
      wrong,
      expected,
    });

  const { value, filled } = fillIn(document.toJS() ?? null, variables, (path, name) =>
    fault(
      path,
      `\${${name}} is not set${hint(name, Object.keys(variables))}`,
      'an environment variable of that name, or a line of it in .env',
    ),
  );
  const parsed = accountsSchema.safeParse(value);
  if (!parsed.success) {
    const issues = flat(parsed.error.issues, value);
    for (const issue of issues) {
      if (isEcho(issue, issues, value)) continue;
      // What is missing from the environment has been said.
      if (faults.some(({ key }) => key === issue.path.join('.'))) continue;
      explain(issue, value, filled, document.getIn(issue.path, true), fault);
    }
  }
  if (parsed.success)
    for (const found of relations(parsed.data, allowRequired)) fault(found.path, found.wrong, found.expected);
  if (faults.length > 0 || !parsed.success) throw new ConfigError(faults);
  return Object.entries(parsed.data.environments).map(([name, { allow, ...rest }]) => ({
    name,
    partition: partitionOf(rest.region),
    ...rest,
    ...(allow !== undefined && { allow }),
  }));
}

function pairOf(holder: unknown, key: PropertyKey | undefined): number | undefined {
  const { items } = (holder ?? {}) as { items?: { key?: { value?: unknown; range?: [number] } }[] };
  return items?.find((item) => isScalar(item.key) && item.key.value === key)?.key?.range?.[0];
}

/** A copy with every `${NAME}` replaced; `filled` has the paths of texts that came out of the environment. */
function fillIn(whole: unknown, variables: Variables, missing: (path: Path, name: string) => void) {
  const filled = new Map<string, string>();
  function walk(value: unknown, path: Path): unknown {
    if (Array.isArray(value)) return value.map((inner, index) => walk(inner, [...path, index]));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, walk(inner, [...path, key])]),
      );
    if (typeof value !== 'string') return value;
    return value.replace(/\$\{(\w+)\}/g, (reference, name: string) => {
      const found = variables[name];
      if (found === undefined || found === '') missing(path, name);
      filled.set(path.join('.'), reference);
      return found ?? '';
    });
  }
  return { value: walk(whole, []), filled };
}

type Issue = z.core.$ZodIssue;

/** Looks into unions: a map was meant to be the alternative that is a map. */
function flat(issues: readonly Issue[], whole: unknown): Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') return [issue];
    const value = valueAt(whole, issue.path);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [issue];
    return (issue.errors[1] ?? []).map(
      (inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as Issue,
    );
  });
}

/** Whether an issue only repeats that a key is misspelt: the right one is missing then, or the map as good as empty. */
function isEcho(issue: Issue, issues: readonly Issue[], whole: unknown): boolean {
  if (issue.code === 'unrecognized_keys' || valueAt(whole, issue.path) === null) return false;
  const misspelt = (path: Path) =>
    issues.flatMap((other) =>
      other.code === 'unrecognized_keys' && other.path.join('.') === path.join('.') ? other.keys : [],
    );
  if (issue.code === 'custom') return misspelt(issue.path).length > 0;
  const key = String(issue.path.at(-1));
  const missing = valueAt(whole, issue.path) === undefined;
  return missing && misspelt(issue.path.slice(0, -1)).some((other) => nearest(other, [key]) !== undefined);
}

function explain(
  issue: Issue,
  whole: unknown,
  filled: ReadonlyMap<string, string>,
  node: unknown,
  fault: (path: Path, wrong: string, expected: string, at?: Path) => void,
): void {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known =
      path.length === 0 ? knownKeys.top : path.at(-1) === 'allow' ? knownKeys.allow : knownKeys.environment;
    for (const key of issue.keys)
      fault([...path, key], `is not a known key${hint(key, known)}`, `one of ${known.join(', ')}`);
    return;
  }
  if (issue.code === 'invalid_key') {
    fault(
      path,
      'is no name for an environment',
      'a name of letters, digits and ._- that can be typed in Slack',
    );
    return;
  }
  const key = path.findLast((part) => typeof part === 'string' && part in expectations);
  const expected =
    (path.length === 2 ? 'a map with account and region' : expectations[String(key)]) ??
    expectations.environments ??
    '';
  const reference = filled.get(path.join('.'));
  if (reference !== undefined) {
    fault(path, `the value of ${reference} does not fit`, expected);
    return;
  }
  const value = valueAt(whole, path);
  const secret = secretKeys.includes(String(key)) && typeof value === 'string';
  fault(
    path,
    secret ? 'has a length or characters that STS does not take' : described(value, node),
    expected,
  );
}

function described(value: unknown, node: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null || value === '') return 'is empty';
  if (Array.isArray(value)) return value.length === 0 ? 'is an empty list' : 'is a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'is empty' : 'is a map';
  if (typeof value === 'string') return `is ${JSON.stringify(value)}`;
  const written = isScalar(node) && node.source !== undefined ? node.source : String(value);
  return `is ${written} without quotes`;
}

function valueAt(whole: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    whole,
  );
}
