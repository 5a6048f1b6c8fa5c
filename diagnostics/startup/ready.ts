import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { SlowStarts } from '../facts/startup/slow-starts.ts';
import { timingOf } from '../health/timing.ts';

/** How long a task that runs waits for its checks, as the settings have it: an estimate, never a measurement. */
export interface Ready {
  /** Seconds until it is ready, at most: the first check that can pass, and the slow start after it. */
  seconds: number;
  /** What sets that: the target group or a container. */
  by: 'target-group' | 'container';
  /** Name of it. */
  name?: string | undefined;
  interval: number;
  /** Seconds over which a healthy target gets its full share of requests; 0 where it gets it at once. */
  slowStart: number;
  /** Seconds that it takes where the first checks fail: the threshold counts then. */
  afterFailure?: number;
  /** The first check of a target of a network load balancer may come minutes later. */
  slowToRegister?: boolean;
  /** Seconds that the next longest of the waits side by side takes; 0 where there is no other. */
  others: number;
}

/** Whether most of it is a slow start: the target is healthy meanwhile, and gets requests, only not its full share. */
export function isSlowStart({ slowStart, interval }: Ready): boolean {
  return slowStart > 0 && slowStart >= interval;
}

/** What ECS assumes where a container check does not say. Source: ECS API, HealthCheck.interval. */
const containerInterval = 30;

/**
 * Docker runs the first check of a container one interval after its start; a target is checked within one. A slow
 * start begins as the target becomes healthy.
 * Source: User Guide for Application Load Balancers, "Configure the slow start mode".
 */
export function readyOf(
  definition: TaskDefinition | undefined,
  groups: readonly TargetGroup[],
  slowStarts: SlowStarts,
): Ready | undefined {
  const targets = groups
    .filter(({ HealthCheckEnabled }) => HealthCheckEnabled !== false)
    .map((group): Omit<Ready, 'others'> => {
      const timing = timingOf({ service: {}, group, healthy: [], stopped: [], metrics: undefined });
      const { earliest, recovery, interval, slowToRegister } = timing;
      const slowStart = slowStarts[group.TargetGroupArn ?? ''] ?? 0;
      return {
        seconds: earliest + slowStart,
        by: 'target-group',
        name: group.TargetGroupName,
        interval,
        slowStart,
        afterFailure: recovery + slowStart,
        ...(slowToRegister === true && { slowToRegister }),
      };
    });
  const all = definition?.containerDefinitions ?? [];
  // Whom another container waits for is healthy before the task runs.
  const awaited = new Set(
    all.flatMap(({ dependsOn = [] }) =>
      dependsOn.flatMap(({ containerName, condition }) => (condition === 'HEALTHY' ? [containerName] : [])),
    ),
  );
  const containers = all.flatMap(({ name, healthCheck }): Omit<Ready, 'others'>[] => {
    if (!healthCheck || healthCheck.command?.[0] === 'NONE' || awaited.has(name)) return [];
    const interval = healthCheck.interval ?? containerInterval;
    return [{ seconds: interval, by: 'container', name, interval, slowStart: 0 }];
  });
  // All run side by side, so that the longest one decides.
  const [longest, next] = [...targets, ...containers].toSorted((a, b) => b.seconds - a.seconds);
  return longest && { ...longest, others: next?.seconds ?? 0 };
}
