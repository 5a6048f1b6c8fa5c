import type { Task } from '@aws-sdk/client-ecs';
import type { DeploymentState } from '../../report.ts';
import { stopTime } from '../../stop-time.ts';
import { duration, plural } from '../../words.ts';
import { isEnded, type Rollout } from './rollout.ts';

/**
 * The circuit breaker as ECS counts it. Count and threshold are read, never computed: the threshold depends on a
 * configuration that has changed over the years, and the count goes back to 0 when a task becomes healthy.
 */
export function breakerOf({ details }: Rollout): DeploymentState['breaker'] {
  const { status, failureCount = 0, threshold = 0 } = details?.deploymentCircuitBreaker ?? {};
  if (status === undefined || status === 'DISABLED') return undefined;
  return { status, failures: failureCount, threshold };
}

/** What the breaker means for this deployment, in a sentence; undefined where it plays no part. */
export function breakerWords(rollout: Rollout): string | undefined {
  const { details, service, status: deployment } = rollout;
  const stops = rollout.stops.filter(isFailure);
  const breaker = breakerOf(rollout);
  const configured = service.deploymentConfiguration?.deploymentCircuitBreaker;
  if (!breaker) {
    const off = details?.deploymentCircuitBreaker?.status === 'DISABLED' || configured?.enable === false;
    const rolling = (service.deploymentConfiguration?.strategy ?? 'ROLLING') === 'ROLLING';
    if (!off || stops.length === 0 || !rolling || isEnded(deployment)) return undefined;
    return `disabled: ${withoutBreaker(rollout)}`;
  }
  const { status, failures, threshold } = breaker;
  const back = configured?.rollback ? '' : '; going back is off, so it would only stop';
  if (status === 'TRIGGERED') return `triggered after ${failures} of ${threshold} failures`;
  if (status !== 'MONITORING') return undefined;
  const unseen = stops.filter(diedRunning).length;
  if (unseen > failures) {
    return `${failures} of ${threshold} failures, although ${plural(unseen, 'task')} ended after RUNNING: a task that has run counts as a success, so without a health check that it fails the breaker may never trip`;
  }
  const remaining = threshold - failures;
  const pace = timeBetweenFailures(stops);
  const when =
    failures === 0 || pace === undefined || remaining <= 0
      ? ''
      : `, trips in about ${duration(remaining * pace)} if tasks go on failing`;
  return `${failures} of ${threshold} failures${when}${failures > 0 ? back : ''}`;
}

/** What ends a deployment whose tasks fail while the breaker is off. */
function withoutBreaker({ details, service }: Rollout): string {
  const alarms = (details?.deploymentConfiguration ?? service.deploymentConfiguration)?.alarms;
  if (!alarms?.enable || !alarms.alarmNames?.length)
    return 'this deployment never gives up, it starts tasks until somebody stops it';
  const end = alarms.rollback ? 'turns it back' : 'stops it, without going back';
  return `failed tasks alone never end this deployment, only an alarm ${end}`;
}

/**
 * Whether a stop is a try of the revision that failed: it did not start, it ended by itself, or it did not pass its
 * health checks. What a person, the scheduler (scaling, zones) or the infrastructure (Spot, hosts) takes away is none.
 */
export function isFailure({ stopCode, stoppedReason }: Task): boolean {
  if (stopCode === 'TaskFailedToStart' || stopCode === 'EssentialContainerExited') return true;
  return (
    stopCode === 'ServiceSchedulerInitiated' && /failed .{0,40}health checks?/i.test(stoppedReason ?? '')
  );
}

function diedRunning({ startedAt, stopCode }: Task): boolean {
  return startedAt !== undefined && stopCode === 'EssentialContainerExited';
}

/** Milliseconds from one failure to the next; of a single one the time from its creation to its end. */
function timeBetweenFailures(stops: readonly Task[]): number | undefined {
  const times = stops.map(stopTime).filter((time) => time > 0);
  const [first] = stops;
  if (times.length === 0) return undefined;
  if (times.length === 1) {
    const created = first?.createdAt?.getTime();
    return created === undefined ? undefined : (times[0] ?? 0) - created;
  }
  return (Math.max(...times) - Math.min(...times)) / (times.length - 1);
}
