import { balancerOf } from '../build/balancer.ts';
import { eventsOf } from '../build/events.ts';
import { rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Hours later everything is steady and green, ECS has forgotten the tasks, and the pipeline said success. */
export const taxNotLive: Incident = {
  name: 'tax-not-live',
  title: 'tax:12 was rolled back five hours ago, the service is steady, and nobody has noticed',
  environment: 'prod',
  ask: 'deployment tax prod',
  expected: {
    state: 'problem',
    cause: 'circuit-breaker-tripped',
    status: 'open',
    chain: ['deployment-rolling-back', 'circuit-breaker-tripped'],
  },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'tax',
      revision: 12,
      desired: 2,
      took: [5, 4, 5],
      began: 316,
      ended: 302,
      outcome: 'rolled-back',
      failedTasks: 3,
    });
    const say = eventsOf('tax');
    return serviceWorld(place, now, {
      ...told,
      desired: 2,
      tasks: told.serving,
      events: [
        say.deploymentFailed(told.next, ago(303)),
        say.rollingBack(told.good, ago(302, 58)),
        ...say.completed(told.good, ago(302)),
      ],
      balancer: balancerOf(place, 'tax'),
      breaker: { enable: true, rollback: true },
    });
  },
};
