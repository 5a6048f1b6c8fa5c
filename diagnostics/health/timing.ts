import type { Service, Task } from '@aws-sdk/client-ecs';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type GroupMetrics, metricPeriod, type Point } from '../facts/health-metrics.ts';
import type { Timing } from '../health-details.ts';
import { shortTask } from './join.ts';

/** How long a task took from startedAt until its target was healthy, seconds. */
export interface MeasuredStart {
  task: string;
  /** Not healthy before this. */
  from: number;
  /** Healthy at this, at the latest. */
  to: number;
}

interface Parts {
  service: Service;
  group: TargetGroup | undefined;
  /** Running tasks whose targets are healthy. */
  healthy: readonly Task[];
  stopped: readonly Task[];
  metrics: GroupMetrics | undefined;
}

/** What the settings allow a task, and what tasks took. */
export function timingOf({
  service,
  group,
  stopped,
  ...measured
}: Parts): Timing & { starts: MeasuredStart[] } {
  const interval = group?.HealthCheckIntervalSeconds ?? 30;
  const starts = startsOf(measured);
  return {
    grace: service.healthCheckGracePeriodSeconds ?? 0,
    detection: interval * (group?.UnhealthyThresholdCount ?? 2),
    // One passed check is enough for a new target; the threshold counts for one that was unhealthy. Source: Amazon ECS
    // Developer Guide, "Optimize load balancer health check parameters for Amazon ECS".
    earliest: interval,
    recovery: interval * (group?.HealthyThresholdCount ?? 5),
    ...(isNetwork(group) && { slowToRegister: true }),
    interval,
    kills: killsOf(stopped),
    ...(starts.length > 0 && { slowest: Math.max(...starts.map(({ to }) => to)) }),
    measured: starts.length,
    starts,
  };
}

/**
 * Its targets may be registered for minutes before the first check. Source: User Guide for Network Load Balancers,
 * "Health checks for Network Load Balancer target groups", which gives no number of first checks.
 */
function isNetwork(group: TargetGroup | undefined): boolean {
  return /^(?:TCP|UDP|TLS|TCP_UDP|QUIC|TCP_QUIC)$/.test(group?.Protocol ?? '');
}

/** Seconds that tasks ran which ECS stopped for a load balancer's check, the newest stop first. */
function killsOf(stopped: readonly Task[]): number[] {
  return stopped.flatMap(({ stoppedReason = '', startedAt, stoppingAt }) =>
    startedAt && stoppingAt && /failed ELB health checks/i.test(stoppedReason)
      ? [Math.round((stoppingAt.getTime() - startedAt.getTime()) / 1000)]
      : [],
  );
}

/**
 * Whether every one of those tasks was stopped as early as the settings allow: it never passed a check. ECS ignores
 * the checks of a new task for the grace period; one that is unhealthy then is stopped at once, one that has not
 * been found so yet a detection time later. Source: ECS API, Service.healthCheckGracePeriodSeconds.
 */
export function killsCluster({ kills, grace, detection, interval }: Timing): boolean {
  const soonest = Math.max(grace, detection) - 10;
  const latest = grace + detection + interval + 60;
  return kills.length > 0 && kills.every((seconds) => seconds >= soonest && seconds <= latest);
}

/** A start that took longer says when somebody looked, not how long it took. Seconds. */
const longest = 1_800;

/** Only from the count of healthy targets: that ECS called the service steady says that nothing was left to wait for. */
function startsOf({ healthy, metrics }: Pick<Parts, 'healthy' | 'metrics'>): MeasuredStart[] {
  return healthy.flatMap((task) => {
    const began = task.startedAt?.getTime();
    if (began === undefined || !metrics) return [];
    const step = stepOf(metrics.healthy, began, sizeOfCohort(healthy, began));
    if (!step || step.to > longest) return [];
    return [{ task: shortTask(task), from: Math.round(step.from), to: Math.round(step.to) }];
  });
}

/** Tasks that started within a minute of each other show as one step. */
function sizeOfCohort(tasks: readonly Task[], began: number): number {
  return tasks.filter(({ startedAt }) => Math.abs((startedAt?.getTime() ?? 0) - began) <= metricPeriod * 1000)
    .length;
}

/** The minute in which HealthyHostCount rose by as many as had started: seconds after the start that it began and ended. */
function stepOf(
  points: readonly Point[],
  began: number,
  count: number,
): { from: number; to: number } | undefined {
  const before = points.filter(({ at }) => at.getTime() + metricPeriod * 1000 <= began).at(-1);
  if (!before) return undefined;
  const risen = points.find(({ at, value }) => at.getTime() > began && value >= before.value + count);
  if (!risen) return undefined;
  const from = (risen.at.getTime() - began) / 1000;
  return { from, to: from + metricPeriod };
}
