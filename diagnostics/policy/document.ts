import type { NamedPolicy, StatementRef } from './types.ts';

/** One statement, with its lists as lists. */
export interface Statement {
  ref: StatementRef;
  /** Whether `${…}` is a variable: policies of the version 2008-10-17, the default, know none. */
  variables: boolean;
  principal?: unknown;
  notPrincipal?: unknown;
  actions?: string[];
  notActions?: string[];
  resources?: string[];
  notResources?: string[];
  conditions: Condition[];
  /** An element that could not be understood. */
  odd?: string;
}

/** Values of one key under one operator, as they stand in the policy. */
export interface Condition {
  operator: string;
  key: string;
  wanted: string[];
}

/** The statements of a document; undefined where it is no policy. */
export function statementsOf({ name, document }: NamedPolicy): Statement[] | undefined {
  const parsed = parse(document);
  if (!isRecord(parsed) || parsed.Statement === undefined) return undefined;
  const variables = parsed.Version === '2012-10-17';
  const list = Array.isArray(parsed.Statement) ? parsed.Statement : [parsed.Statement];
  const statements = list.map((raw, index) => statementOf(raw, { name, index, variables }));
  return statements.every((statement) => statement !== undefined) ? statements : undefined;
}

function statementOf(
  raw: unknown,
  { name, index, variables }: { name: string; index: number; variables: boolean },
): Statement | undefined {
  if (!isRecord(raw) || (raw.Effect !== 'Allow' && raw.Effect !== 'Deny')) return undefined;
  const label = typeof raw.Sid === 'string' && raw.Sid !== '' ? raw.Sid : `statement ${index + 1}`;
  const lists = {
    actions: textsOf(raw.Action),
    notActions: textsOf(raw.NotAction),
    resources: textsOf(raw.Resource),
    notResources: textsOf(raw.NotResource),
  };
  const conditions = conditionsOf(raw.Condition);
  const named = ['Action', 'NotAction', 'Resource', 'NotResource'] as const;
  const odd = Object.values(lists).findIndex(
    (list, at) => list === undefined && raw[named[at] ?? ''] !== undefined,
  );
  return {
    ref: { policy: name, label, effect: raw.Effect, text: JSON.stringify(raw) },
    variables,
    principal: raw.Principal,
    notPrincipal: raw.NotPrincipal,
    ...lists,
    conditions: conditions ?? [],
    ...(odd >= 0 && { odd: named[odd] }),
    ...(conditions === undefined && { odd: 'Condition' }),
  };
}

function conditionsOf(raw: unknown): Condition[] | undefined {
  if (raw === undefined) return [];
  if (!isRecord(raw)) return undefined;
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(raw)) {
    if (!isRecord(keys)) return undefined;
    for (const [key, values] of Object.entries(keys)) {
      const wanted = textsOf(values);
      if (!wanted) return undefined;
      conditions.push({ operator, key, wanted });
    }
  }
  return conditions;
}

/** One text or a list of them; numbers and booleans as their text. */
export function textsOf(raw: unknown): string[] | undefined {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  const texts = list.flatMap((item) =>
    typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean' ? [String(item)] : [],
  );
  return texts.length === list.length ? texts : undefined;
}

function parse(document: unknown): unknown {
  if (typeof document !== 'string') return document;
  const text = document.trimStart().startsWith('{') ? document : unescaped(document);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
