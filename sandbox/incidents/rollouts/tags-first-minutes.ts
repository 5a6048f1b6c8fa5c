import { balancerOf } from '../build/balancer.ts';
import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { pendingTask } from '../build/task.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Two minutes old, nothing running yet: every deployment looks like that. */
export const tagsFirstMinutes: Incident = {
  name: 'tags-first-minutes',
  title: 'tags:15 is deployed since two minutes, and its first task is starting',
  environment: 'staging',
  ask: 'deployment tags staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const told = rolloutOf(place, now, {
      service: 'tags',
      revision: 15,
      desired: 2,
      took: [1, 1, 1],
      began: 2,
    });
    const [first] = told.serving;
    const starting = pendingTask(launched(told.next, 10, before(now)(0, 40)));
    return serviceWorld(place, now, {
      ...told,
      desired: 2,
      tasks: [...(first ? [first] : []), starting],
      balancer: balancerOf(place, 'tags'),
      percent: { minimum: 50, maximum: 100 },
      breaker: { enable: true, rollback: true },
    });
  },
};
