import type { ObservedContainer } from '../observation.ts';
import { answer, type Explanation } from './explanation.ts';
import { memoryLimit, memoryPeak, memoryWasFull } from './memory.ts';
import { numberIn, type Seen } from './seen.ts';

/** ECS waits this long between SIGTERM and SIGKILL when the task definition does not say. */
const defaultStopTimeout = 30;

/** Seconds by which AWS's times of a stop may be off. */
const tolerance = 1;

/** Whether the stop lasted as long as SIGTERM is given to work; undefined when its length is not known. */
export function ranIntoStopTimeout(seen: Seen, container: ObservedContainer): boolean | undefined {
  const lasted = numberIn(seen.context, 'stoppingToStoppedSeconds');
  if (lasted === undefined) return undefined;
  return lasted >= stopTimeoutOf(seen, container) - tolerance;
}

/** Seconds: each container has its own. */
function stopTimeoutOf({ context }: Seen, { stopTimeout }: ObservedContainer): number {
  return stopTimeout ?? numberIn(context, 'stopTimeout') ?? defaultStopTimeout;
}

/** Exit 137 in a stop that was asked for: SIGTERM was ignored. */
export function killedInRequestedStop(
  seen: Seen,
  container: ObservedContainer,
  askedBy: string,
): Explanation {
  const known = ranIntoStopTimeout(seen, container) === true;
  const seconds = numberIn(seen.context, 'stoppingToStoppedSeconds');
  const stopTimeout = stopTimeoutOf(seen, container);
  return answer('sigkill-stop-timeout', {
    ...(container.name === '' ? {} : { culprit: container.name }),
    status: known ? 'confirmed' : 'likely',
    names: {
      ...(container.name === '' ? {} : { container: container.name }),
      exitCode: '137',
      stopTimeout: String(stopTimeout),
      ...(seconds === undefined ? {} : { seconds: String(seconds) }),
    },
    why: known
      ? `The stop took ${seconds} s and SIGTERM is given ${stopTimeout} s; then ECS sent SIGKILL, which is exit 137.`
      : 'Exit 137 without an out-of-memory reason in a stop that was asked for: SIGKILL follows when SIGTERM is not obeyed in time.',
    ...(known
      ? {}
      : {
          decide:
            "aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query 'tasks[].[stoppingAt,stoppedAt]'",
        }),
    also: [askedBy],
  });
}

/** Exit 137 that nobody asked for. It is not by itself an out-of-memory kill: the agent would have said so. */
export function killedUnasked(seen: Seen, container: ObservedContainer): Explanation {
  const peak = memoryPeak(seen);
  const limit = memoryLimit(seen);
  const names = {
    ...(container.name === '' ? {} : { container: container.name }),
    exitCode: '137',
    ...(limit === undefined ? {} : { memory: String(limit) }),
  };
  const culprit = container.name === '' ? {} : { culprit: container.name };
  if (memoryWasFull(seen))
    return answer('oom-container', {
      ...culprit,
      names,
      status: 'likely',
      why: `Exit 137 without an out-of-memory reason, but memory stood at ${peak} % of its limit.`,
      decide: 'On EC2 the kernel log of the instance; on Fargate a run with more memory',
      also: ['sigkill-unexplained'],
    });
  return answer('sigkill-unexplained', {
    ...culprit,
    names,
    status: peak === undefined ? 'open' : 'likely',
    why:
      peak === undefined
        ? 'Exit 137 with stopCode EssentialContainerExited and no out-of-memory reason: nothing says who sent SIGKILL.'
        : `Exit 137 while memory peaked at ${peak} %: SIGKILL came from inside the container or from the host, not from its limit.`,
    decide: 'MemoryUtilized of the last minutes before the stop; on EC2 also the kernel log of the instance',
    ...(peak === undefined ? { also: ['oom-container'] } : {}),
  });
}
