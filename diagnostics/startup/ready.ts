import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';

/** How long a task that runs waits for its checks, as the settings have it: an estimate, never a measurement. */
export interface Ready {
  /** Seconds until the first check that can pass, at most. */
  seconds: number;
  /** What sets that: the target group or a container. */
  by: 'target-group' | 'container' | 'nothing';
  /** Name of it. */
  name?: string;
  interval: number;
  /** Seconds that it takes where the first checks fail: the threshold counts then. */
  afterFailure?: number;
}

/** What ECS assumes where a container check does not say. Source: ECS API, HealthCheck.interval. */
const containerInterval = 30;

/**
 * One passing check makes a new target healthy, whatever its threshold: that counts for one that has been unhealthy.
 * Source: Amazon ECS Developer Guide, "Optimize load balancer health check parameters for Amazon ECS". Docker runs the
 * first check of a container one interval after its start.
 */
export function readyOf(
  definition: TaskDefinition | undefined,
  groups: readonly TargetGroup[],
): Ready | undefined {
  const targets = groups
    .filter(({ HealthCheckEnabled }) => HealthCheckEnabled !== false)
    .map((group): Ready => {
      const interval = group.HealthCheckIntervalSeconds ?? 30;
      return {
        seconds: interval,
        by: 'target-group',
        name: group.TargetGroupName,
        interval,
        afterFailure: interval * (group.HealthyThresholdCount ?? 5),
      };
    });
  const all = definition?.containerDefinitions ?? [];
  // Whom another container waits for is healthy before the task runs.
  const awaited = new Set(
    all.flatMap(({ dependsOn = [] }) =>
      dependsOn.flatMap(({ containerName, condition }) => (condition === 'HEALTHY' ? [containerName] : [])),
    ),
  );
  const containers = all.flatMap(({ name, healthCheck }): Ready[] => {
    if (!healthCheck || healthCheck.command?.[0] === 'NONE' || awaited.has(name)) return [];
    const interval = healthCheck.interval ?? containerInterval;
    return [{ seconds: interval, by: 'container', name, interval }];
  });
  // Both run side by side, so that the longer one decides.
  return [...targets, ...containers].toSorted((a, b) => b.seconds - a.seconds)[0];
}
