import type { ObservedContainer } from '../observation.ts';
import { answer, type Explanation } from './explanation.ts';
import { isHelper } from './helpers.ts';
import { numberIn, numberLike, type Seen, stopWasAskedFor } from './seen.ts';

const oomFlag = /outofmemory|oom-?kill|due to memory usage/i;

/** MiB that the task or container was given. */
export function memoryLimit(seen: Seen): number | undefined {
  return numberIn(seen.context, 'memory');
}

/** Percent of the limit at which memory peaked, where a metric is known. */
export function memoryPeak(seen: Seen): number | undefined {
  return (
    numberIn(seen.context, 'memoryUtilizedMaxPercent') ??
    numberLike(seen.context, /^(?:task)?memory.{0,12}(?:util|percent|peak)/i)
  );
}

/** Sampled once a minute, a peak this close to the limit leaves no room for another explanation of a kill. */
const atLimit = 95;

/** True when a metric shows memory at its limit. */
export function memoryWasFull(seen: Seen): boolean {
  return (memoryPeak(seen) ?? 0) >= atLimit;
}

/**
 * The agent sets its out-of-memory reason from Docker's OOMKilled flag, which any process of the container can cause,
 * and it can appear beside every exit code, 0 among them. Nobody can forge it: `StopTask` writes only the task's reason.
 */
export function outOfMemory(seen: Seen): Explanation | undefined {
  const flagged = seen.containers.filter(isFlagged);
  const texted = flagged.length === 0 && textSpeaksOfMemory(seen);
  if (flagged.length === 0 && !texted) return undefined;
  const victim = flagged.find((container) => container.essential !== false) ?? flagged[0];
  if (victim === undefined) return fromTextAlone(seen);
  if (
    victim.essential === false &&
    seen.containers.some((other) => other !== victim && failedByItself(other))
  )
    return undefined;
  return judge(seen, victim, flagged.length);
}

function isFlagged(container: ObservedContainer): boolean {
  return oomFlag.test(container.reason ?? '');
}

function failedByItself({ exitCode }: ObservedContainer): boolean {
  return typeof exitCode === 'number' && exitCode !== 0 && exitCode !== 143 && exitCode !== 137;
}

function textSpeaksOfMemory(seen: Seen): boolean {
  const cause = seen.text?.signature.cause;
  return (cause === 'oom-container' || cause === 'oom-task') && seen.stopCode !== 'UserInitiated';
}

function fromTextAlone(seen: Seen): Explanation {
  const cause = seen.text?.signature.cause ?? 'oom-container';
  const heap = heapAboveLimit(seen);
  if (heap !== undefined) return heap;
  return answer(cause, {
    names: memoryNames(seen),
    why: `The reason says "${seen.text?.words ?? 'out of memory'}".`,
  });
}

function judge(seen: Seen, victim: ObservedContainer, flagged: number): Explanation {
  const names = memoryNames(seen, victim);
  const culprit = victim.name === '' ? {} : { culprit: victim.name };
  const who = victim.name === '' ? 'The container' : victim.name;
  const { exitCode } = victim;
  if (typeof exitCode === 'number' && exitCode !== 137) {
    const askedFor = stopWasAskedFor(seen);
    return answer('oom-child-process', {
      ...culprit,
      names,
      severity: exitCode === 0 || askedFor ? 'warn' : 'error',
      why: `${who} carries the out-of-memory flag but ended with ${exitCode}, so the kernel killed one of its child processes.`,
      ...(askedFor ? { also: ['graceful-stop'] } : {}),
    });
  }
  const heap = heapAboveLimit(seen);
  if (heap !== undefined) return { ...heap, ...culprit, names: { ...names, ...heap.names } };
  if (flagged > 1 || killedForAnother(seen, victim))
    return answer('oom-task', {
      ...culprit,
      names,
      status: 'likely',
      why:
        flagged > 1
          ? `${flagged} containers carry the out-of-memory flag, so the task's memory as a whole ran out.`
          : `${who} carries the out-of-memory flag, but a helper rarely outgrows the application beside it; the kernel picked it when the task's memory ran out.`,
      decide: 'Container Insights: ContainerMemoryUtilized of every container in the minutes before the stop',
      also: ['oom-container'],
    });
  return answer('oom-container', {
    ...culprit,
    names,
    why: `${who} carries the reason OutOfMemoryError${exitCode === 137 ? ' and exit code 137' : ''}.`,
  });
}

/** A helper without a limit of its own dies for what another container took. */
function killedForAnother(seen: Seen, victim: ObservedContainer): boolean {
  if (!isHelper(victim.name)) return false;
  if (typeof victim.memory === 'number') return false;
  return seen.containers.some((other) => other !== victim && !isHelper(other.name));
}

const heapFlags = /max-old-space-size[= ](?<mib>\d{2,7})|-Xmx(?<size>\d{1,7})(?<unit>[gGmMkK]?)/;

/** The runtime was told that it may use more than the container has. */
function heapAboveLimit(seen: Seen): Explanation | undefined {
  const limit = memoryLimit(seen);
  const found = heapFlags.exec(seen.context.logTail ?? '')?.groups;
  if (limit === undefined || found === undefined) return undefined;
  const heap = found.mib ? Number(found.mib) : inMib(Number(found.size), found.unit ?? '');
  if (heap < limit) return undefined;
  return answer('oom-heap', {
    owner: 'task-definition',
    names: { ...memoryNames(seen), name: `${heap} MiB` },
    why: `The log shows a heap limit of ${heap} MiB in a container of ${limit} MiB.`,
    also: ['oom-container'],
  });
}

function inMib(size: number, unit: string): number {
  if (/g/i.test(unit)) return size * 1024;
  if (/k/i.test(unit)) return size / 1024;
  return unit === '' ? size / 1024 ** 2 : size;
}

function memoryNames(seen: Seen, victim?: ObservedContainer) {
  const limit = memoryLimit(seen);
  return {
    ...(victim?.name ? { container: victim.name } : {}),
    ...(limit === undefined ? {} : { memory: String(limit) }),
    ...(typeof victim?.exitCode === 'number' ? { exitCode: String(victim.exitCode) } : {}),
  };
}
