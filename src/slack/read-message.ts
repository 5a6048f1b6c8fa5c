import type { EnvironmentSummary, Request } from '#commands/command.ts';
import { type Clues, merge, phraseClues, referenceClues } from './clues.ts';
import { jsonClues } from './json-clues.ts';
import { wordsOf } from './message-words.ts';
import { requestOfOwn } from './own-message.ts';
import type { Identity } from './people.ts';
import { spoken } from './spoken.ts';

/** A message as Slack hands it over; only these parts are read. */
export interface ReadableMessage {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
  metadata?: unknown;
  bot_id?: string | undefined;
  user?: string | undefined;
}

/** What a message is about: a target that can be looked at at once, or only parts of one. */
export interface Reading {
  /** Everything that was recognised; complete when `sure`. */
  request: Request;
  /** Exactly one service or task, in exactly one environment that the reader may look at. */
  sure: boolean;
  /** All words of the message, for `explain`. */
  text: string;
}

/** Longer messages are read up to here, characters. */
const maxText = 20_000;

/**
 * Reads an alarm, a notification or a pasted error: ARNs, addresses of the console, CloudWatch's alarms as text or
 * JSON, ECS's events; of a message of this bot's own, what it was asked. Pure; whether a service of that name exists is for the investigation to find out.
 */
export function readMessage(
  message: ReadableMessage,
  environments: readonly EnvironmentSummary[],
  identity: Identity,
): Reading {
  const text = messageText(message);
  const own = requestOfOwn(message, identity);
  if (own !== undefined) return { request: own, sure: own.environment !== undefined, text };

  const clues = merge([referenceClues(text), jsonClues(text), phraseClues(text)]);
  const environment = environmentOf(clues, text, environments);
  const task = only(clues.tasks);
  const service = only(clues.services);
  const cluster = only(clues.clusters);
  const region = only(clues.regions);
  const elsewhere = environment !== undefined && region !== undefined && region !== environment.region;
  const asked = service ?? task;
  return {
    request: {
      command: commandFor(text),
      ...(asked === undefined ? {} : { service: asked }),
      ...(environment === undefined ? {} : { environment: environment.name }),
      options: {
        ...(cluster === undefined ? {} : { cluster }),
        ...(elsewhere ? { region } : {}),
        ...(task === undefined || service === undefined ? {} : { task }),
      },
    },
    sure: asked !== undefined && environment !== undefined && clues.services.length < 2,
    text,
  };
}

/** All words of a message, each once: `text` repeats what the blocks say, as its fallback. */
export function messageText({ text = '', blocks, attachments }: ReadableMessage): string {
  const seen = new Set<string>();
  const lines = [spoken(wordsOf(blocks)), spoken(text), spoken(wordsOf(attachments))]
    .join('\n')
    .split('\n')
    .filter((line) => {
      const fresh = line.trim() !== '' && !seen.has(line.trim());
      seen.add(line.trim());
      return fresh;
    });
  return lines.join('\n').slice(0, maxText);
}

function environmentOf(
  clues: Clues,
  text: string,
  environments: readonly EnvironmentSummary[],
): EnvironmentSummary | undefined {
  const { accounts, regions, clusters } = clues;
  const inAccount =
    accounts.length === 0 ? environments : environments.filter(({ account }) => accounts.includes(account));
  const inRegion = inAccount.filter(({ region }) => regions.includes(region));
  // A service of a known account in a region without an environment of its own is looked at through the account's.
  const candidates =
    regions.length === 0 || (inRegion.length === 0 && accounts.length > 0) ? inAccount : inRegion;
  const narrowed = [
    candidates,
    candidates.filter((candidate) => candidate.clusters?.some((cluster) => clusters.includes(cluster))),
    candidates.filter(({ name }) => clusters.includes(name)),
    candidates.filter(({ name }) => hasWord(text, name)),
  ];
  const found = narrowed.map(only).find((candidate) => candidate !== undefined);
  const anyClue = accounts.length + regions.length + clusters.length > 0;
  return found !== undefined && (anyClue || environments.length === 1 || hasWord(text, found.name))
    ? found
    : undefined;
}

function hasWord(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, 'i').test(text);
}

/** What to look at first, by what the message complains of. */
const topics: readonly (readonly [string, RegExp])[] = [
  [
    'why-pending',
    /unable to (?:consistently )?(?:place|start) (?:a )?tasks?|no container instance met|RESOURCE:|stuck in P(?:ENDING|ROVISIONING)/i,
  ],
  ['health', /UnHealthyHostCount|HealthyHostCount|failed (?:ELB|container) health checks|is unhealthy in/i],
  ['perf', /CPUUtilization|MemoryUtilization|TargetResponseTime|\bCPU\b.*(?:>|above|high)/i],
  [
    'deployment',
    /deployment .*(?:failed|circuit breaker)|SERVICE_DEPLOYMENT_(?:FAILED|IN_PROGRESS)|rolling back/i,
  ],
];

function commandFor(text: string): string {
  return topics.find(([, pattern]) => pattern.test(text))?.[0] ?? 'why-stopped';
}

function only<T>(values: readonly T[]): T | undefined {
  return values.length === 1 ? values[0] : undefined;
}
