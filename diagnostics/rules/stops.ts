import type { Explanation } from './explanation.ts';
import { containerSays, dependencyText, failedStart, general } from './failed-start.ts';
import { outOfMemory } from './memory.ts';
import { processEnded } from './process-end.ts';
import { infrastructureStop, schedulerStop, userStop } from './requested-stop.ts';
import { type Seen, stopWasAskedFor } from './seen.ts';

const pullError = /cannotpull|pull image manifest|ref pull|toomanyrequests/i;

/** An essential container exited, or the stop code is one that is not known yet and the containers must tell. */
function essentialExit(seen: Seen): Explanation | undefined {
  if (stopWasAskedFor(seen)) return undefined;
  const cause = seen.text?.signature.cause;
  const says = cause !== undefined && !general.has(cause);
  // With the default pull behaviour the agent keeps the first pull error and starts from the cached image.
  const stale =
    seen.where === 'container.reason' &&
    pullError.test(seen.reading.text) &&
    typeof seen.context.exitCode === 'number';
  if (says && !stale) return undefined;
  const ended = processEnded(stale ? withoutReasons(seen) : seen);
  if (ended === undefined) return containerSays(seen);
  const waiting = seen.containers.find((container) => dependencyText.test(container.reason ?? ''));
  // A container that ECS never started for its dependency's sake cannot have ended first: the dependency did, and
  // where the condition is SUCCESS that one is not essential.
  if (!stale && waiting !== undefined && ended.culprit === waiting.name) return containerSays(seen) ?? ended;
  if (!stale && waiting !== undefined)
    return { ...ended, also: [...(ended.also ?? []), 'dependency-failed'] };
  return stale
    ? {
        ...ended,
        why: `The pull error is older than the run: the container started from the cached image. ${ended.why}`,
      }
    : ended;
}

function withoutReasons(seen: Seen): Seen {
  return { ...seen, containers: seen.containers.map((container) => ({ ...container, reason: null })) };
}

/** In the order in which a stopped task is read; the first that knows answers. */
export const stopRules = [
  outOfMemory,
  infrastructureStop,
  userStop,
  schedulerStop,
  failedStart,
  essentialExit,
] as const;
