import { balancerOf, wrongCode } from '../build/balancer.ts';
import { mergeWorlds } from '../build/merge.ts';
import { groupMetric } from '../build/own-balancer.ts';
import { standing } from '../build/standing.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The path of the check was changed in the target group; the grace period keeps ECS from acting on it. */
export const forumFailsOpen: Incident = {
  name: 'forum-fails-open',
  title: 'no target of forum passes its check since the path was changed, and all of them serve',
  environment: 'prod',
  ask: 'health forum prod',
  expected: { state: 'problem', cause: 'elb-health-wrong-code', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const balancer = balancerOf(place, 'forum', { path: '/status/ready' });
    const since = { from: ago(60), now };
    const changed = ago(25);
    return mergeWorlds([
      standing(place, now, {
        service: 'forum',
        ago: 700,
        desired: 3,
        balancer,
        targets: (tasks) => tasks.map((task) => ({ task, health: wrongCode(404) })),
        story: { gracePeriod: 86_400 },
      }),
      {
        metrics: [
          groupMetric(balancer, 'HealthyHostCount', since, (at) => (at < changed ? 3 : 0)),
          groupMetric(balancer, 'UnHealthyHostCount', since, (at) => (at < changed ? 0 : 3)),
          groupMetric(balancer, 'TargetResponseTime', since, (at) => 0.038 + (at.getMinutes() % 5) / 1000),
          groupMetric(balancer, 'HTTPCode_Target_5XX_Count', since, (at) =>
            at.getMinutes() % 20 === 0 ? 1 : undefined,
          ),
        ],
      },
    ]);
  },
};
