import { add, type Clues, into, merge, noClues, referenceClues } from './clues.ts';

/**
 * The clues in JSON: EventBridge's events of ECS and of alarms, alarms as SNS sends them, alone or inside SNS's
 * envelope, and whatever a notifier makes of them. Keys decide, not the shape around them.
 */
export function jsonClues(text: string): Clues {
  return merge(jsonValues(text).map(clues));
}

const keys: Record<string, keyof Clues> = {
  account: 'accounts',
  accountid: 'accounts',
  awsaccountid: 'accounts',
  region: 'regions',
  awsregion: 'regions',
  cluster: 'clusters',
  clustername: 'clusters',
  ecscluster: 'clusters',
  service: 'services',
  servicename: 'services',
  ecsservice: 'services',
};

const patterns: Partial<Record<keyof Clues, RegExp>> = {
  accounts: /^\d{12}$/,
  regions: /^[a-z]{2}(?:-[a-z]+)+-\d$/,
};

function clues(value: unknown): Clues {
  const found = noClues();
  walk(value, found, 0);
  return found;
}

function walk(value: unknown, found: Clues, depth: number): void {
  if (depth > 12 || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, found, depth + 1);
    return;
  }
  // A dimension as SNS writes it: {"name": "ServiceName", "value": "api"}
  const pair = value as Record<string, unknown>;
  const dimension = pair.name ?? pair.Name;
  if (typeof dimension === 'string') note(dimension, pair.value ?? pair.Value, found);
  for (const [key, item] of Object.entries(value)) {
    note(key, item, found);
    if (typeof item === 'string' && item.startsWith('{'))
      for (const inner of jsonValues(item)) walk(inner, found, depth + 1);
    else walk(item, found, depth + 1);
  }
}

function note(key: string, value: unknown, found: Clues): void {
  if (typeof value !== 'string') return;
  if (value.startsWith('arn:')) {
    into(found, referenceClues(value));
    return;
  }
  // A task's group in EventBridge's "ECS Task State Change"
  if (key === 'group' && value.startsWith('service:')) add(found, 'services', value.slice('service:'.length));
  const kind = keys[key.toLowerCase().replace(/[^a-z]/g, '')];
  if (kind !== undefined && (patterns[kind]?.test(value) ?? true)) add(found, kind, value);
}

/** Beginnings of an object that are tried in one text: foreign text must not cost much. */
const maxTries = 50;

/** The JSON objects in a text, alone or between other words. */
function jsonValues(text: string): unknown[] {
  const values: unknown[] = [];
  let start = text.indexOf('{');
  for (let tries = 0; start !== -1 && tries < maxTries; tries += 1, start = text.indexOf('{', start)) {
    const end = closing(text, start);
    if (end === undefined) break;
    const value = parsed(text.slice(start, end + 1));
    if (value !== undefined) values.push(value);
    start = value === undefined ? start + 1 : end + 1;
  }
  return values;
}

/** The index of the brace that closes the one at `start`, strings left aside. */
function closing(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
