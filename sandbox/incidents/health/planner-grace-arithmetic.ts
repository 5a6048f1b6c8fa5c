import { balancerOf } from '../build/balancer.ts';
import { mergeWorlds } from '../build/merge.ts';
import { groupMetric } from '../build/own-balancer.ts';
import { launched } from '../build/release.ts';
import { standing } from '../build/standing.ts';
import { stoppedBy } from '../build/stop.ts';
import { after, before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Somebody lowered the grace period after the deployment: no task that was started since then lived to serve. */
export const plannerGraceArithmetic: Incident = {
  name: 'planner-grace-arithmetic',
  title: 'planner boots for two and a half minutes, and its grace period is one since today',
  environment: 'prod',
  ask: 'health planner prod',
  expected: { state: 'problem', cause: 'elb-grace-too-short', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const began = ago(320);
    const balancer = balancerOf(place, 'planner');
    const failed = {
      State: 'unhealthy',
      Reason: 'Target.FailedHealthChecks',
      Description: 'Health checks failed',
    } as const;
    const world = standing(place, now, {
      service: 'planner',
      ago: 320,
      desired: 2,
      balancer,
      more: (live) => {
        const tried = [19, 14, 9, 4].map((minutes, index) => launched(live, 10 + index, ago(minutes)));
        const stopped = tried.map((task, index) =>
          stoppedBy(task, {
            stopCode: 'ServiceSchedulerInitiated',
            stoppedReason: `Task failed ELB health checks in (target-group ${balancer.arn})`,
            at: after(task.startedAt ?? now, 74 + index * 3),
            ends: { app: { exitCode: 143 } },
          }),
        );
        return [...stopped, launched(live, 14, ago(1.4))];
      },
      targets: (_, live) => [{ task: launched(live, 14, ago(1.4)), health: failed }],
      story: { desired: 4, gracePeriod: 60, quietUntil: ago(20) },
    });
    // Both started with the deployment, half a minute after it began, and passed their checks two minutes and a half later.
    const healthy = (at: Date) => (at < after(began, 190) ? 0 : 2);
    return mergeWorlds([
      { ...world, targetHealth: told(world.targetHealth ?? {}, balancer.arn) },
      { metrics: [groupMetric(balancer, 'HealthyHostCount', { from: ago(330), now }, healthy)] },
    ]);
  },
};

/** The told target stands for the task of the same address, which would be healthy otherwise. */
function told<T extends { Target?: { Id?: string } }>(
  health: Record<string, T[]>,
  arn: string,
): Record<string, T[]> {
  const seen = new Set<string | undefined>();
  const kept = (health[arn] ?? []).filter(({ Target }) => !seen.has(Target?.Id) && seen.add(Target?.Id));
  return { ...health, [arn]: kept };
}
