import { parseReference } from '#diagnostics/reference.ts';

/** Names of AWS things found in a text. Each list holds different values, in order of appearance. */
export interface Clues {
  accounts: string[];
  regions: string[];
  clusters: string[];
  services: string[];
  /** Task ids. */
  tasks: string[];
  families: string[];
}

export function noClues(): Clues {
  return { accounts: [], regions: [], clusters: [], services: [], tasks: [], families: [] };
}

export function add(clues: Clues, key: keyof Clues, value: string | undefined): void {
  const name = value?.trim();
  if (name === undefined || name === '' || clues[key].includes(name)) return;
  clues[key].push(name);
}

/** Adds what another place said. */
export function into(clues: Clues, more: Clues): void {
  for (const key of Object.keys(clues) as (keyof Clues)[])
    for (const value of more[key]) add(clues, key, value);
}

export function merge(parts: readonly Clues[]): Clues {
  const all = noClues();
  for (const part of parts) into(all, part);
  return all;
}

/** ARNs, addresses and task ids, without the punctuation that follows them in a sentence. */
const tokens = /(?:arn:aws[a-z-]*:|https:\/\/)[^\s"'`<>|,;()[\]{}]+|\b[0-9a-f]{32}\b/g;

/** Alarms run in the account and region of what they watch. */
const alarmArn = /^arn:aws[a-z-]*:cloudwatch:(?<region>[a-z0-9-]+):(?<account>\d{12}):/;

/** Somebody signed in to several accounts has the account in the console's host name. */
const accountHost = /^https:\/\/(?<account>\d{12})-[a-z0-9]+\./;

const consoleRegion =
  /^https:\/\/(?:(?<host>[a-z]{2}(?:-[a-z]+)+-\d)\.)?console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)\/[^#]*?(?:[?&]region=(?<query>[a-z0-9-]+))?/;

/**
 * The clues in ARNs, console addresses and task ids. ARNs of roles, secrets and images do not count: errors name
 * those of other accounts too.
 */
export function referenceClues(text: string): Clues {
  const clues = noClues();
  for (const [token] of text.matchAll(tokens)) {
    const bare = token.replace(/[.:!?]+$/, '');
    const alarm = alarmArn.exec(bare)?.groups;
    add(clues, 'accounts', alarm?.account ?? accountHost.exec(bare)?.groups?.account);
    const address = bare.replace(accountHost, 'https://');
    const region = consoleRegion.exec(address)?.groups;
    add(clues, 'regions', alarm?.region ?? region?.query ?? region?.host);
    const { account, region: where, cluster, service, task, family } = parseReference(address) ?? {};
    add(clues, 'accounts', account);
    add(clues, 'regions', where);
    add(clues, 'clusters', cluster);
    add(clues, 'services', service);
    add(clues, 'tasks', task);
    add(clues, 'families', family);
  }
  return clues;
}

/** Names of clusters and services: letters, digits, hyphens and underscores, up to 255. */
const name = '[A-Za-z0-9][A-Za-z0-9_-]{0,254}';

const phrases: readonly (readonly [keyof Clues, RegExp])[] = [
  // ECS's own service events: "(service api) was unable to place a task", "service api has reached a steady state."
  ['services', new RegExp(`\\(service (${name})[,)]`, 'g')],
  ['services', new RegExp(`^service (${name}) (?:has|was|deployment|is|could|failed|registered)\\b`, 'gm')],
  // CloudWatch's mail and the messages made from it: "[ServiceName = api]", "ServiceName: api", "ServiceName=api"
  ['services', new RegExp(`\\bServiceName["']?\\s*[:=]\\s*["']?(${name})`, 'g')],
  ['clusters', new RegExp(`\\bClusterName["']?\\s*[:=]\\s*["']?(${name})`, 'g')],
  ['services', new RegExp(`(?:^|[\\s*(\\[])(?:ecs )?service\\*?\\s*[:=]\\*?\\s*[\`*"']?(${name})`, 'gim')],
  ['clusters', new RegExp(`(?:^|[\\s*(\\[])(?:ecs )?cluster\\*?\\s*[:=]\\*?\\s*[\`*"']?(${name})`, 'gim')],
  ['services', new RegExp(`\\bgroup["']?\\s*[:=]\\s*["']?service:(${name})`, 'g')],
  ['accounts', /\b(?:AWS )?account(?: ?id)?\*?\s*[:=]\*?\s*[`*"']?(\d{12})\b/gi],
  ['regions', /\bregion\*?\s*[:=]\*?\s*[`*"']?([a-z]{2}(?:-[a-z]+)+-\d)\b/gi],
  // The line that Amazon Q Developer in chat applications writes: "CloudWatch Alarm | name | us-east-1 | Account: …"
  ['regions', /\|\s*([a-z]{2}(?:-[a-z]+)+-\d)\s*\|/g],
];

/** The clues in sentences: ECS's events, alarm mails, and `Service: api` as notifiers write it. */
export function phraseClues(text: string): Clues {
  const clues = noClues();
  for (const [key, pattern] of phrases) {
    for (const match of text.matchAll(pattern)) add(clues, key, match[1]);
  }
  return clues;
}
