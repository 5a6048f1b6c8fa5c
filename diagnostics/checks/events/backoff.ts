import type { Backoff } from '../../waiting-details.ts';
import type { ReadEvent } from './rows.ts';

/** ECS slows its tries down to one in about this time. Source: ECS Developer Guide, "Service throttle logic". */
const longestGap = 15 * 60_000;

const started = /has started \d+ tasks?/;

/**
 * How ECS slows down after tasks that never start, estimated from its own tries. Undefined where it does not: no
 * event says so, or a deployment began after that event, or a steady state was reached since.
 */
export function backoffOf(
  events: readonly ReadEvent[],
  deployedAt: number,
  tries: readonly number[],
  now: number,
): Backoff | undefined {
  const impaired = events.filter(
    ({ read, at }) => read.cause === 'service-start-impaired' && at >= deployedAt,
  );
  const [newest] = impaired;
  if (!newest) return undefined;
  const steady = events.find(({ read }) => read.cause === 'steady-state');
  if (steady && steady.at > newest.at) return undefined;
  const told = events
    .filter(({ message, at }) => started.test(message) && at >= deployedAt)
    .map(({ at }) => at);
  const times = distinct([...told, ...tries.filter((at) => at >= deployedAt)]);
  const [last, before] = times;
  if (last === undefined || before === undefined) return undefined;
  const gap = Math.min(longestGap, last - before);
  return {
    since: new Date(impaired.at(-1)?.at ?? newest.at).toISOString(),
    lastTry: new Date(last).toISOString(),
    gapSeconds: Math.round((last - before) / 1000),
    nextTry: ahead(last + gap, now),
    latest: ahead(last + longestGap, now),
  };
}

/** A time that is still to come; what should have come already is due. */
function ahead(time: number, now: number): string | undefined {
  return time > now ? new Date(time).toISOString() : undefined;
}

/** Milliseconds within which starts belong to one try. */
const oneTry = 20_000;

/** Times of tries, newest first; what lies close together is one. */
function distinct(times: readonly number[]): number[] {
  return [...times]
    .sort((a, b) => b - a)
    .filter((time, index, all) => index === 0 || (all[index - 1] ?? 0) - time > oneTry);
}
