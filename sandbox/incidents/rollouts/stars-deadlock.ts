import { rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import type { Incident } from '../incident.ts';

/** One task, which may neither be stopped nor joined by another. */
export const starsDeadlock: Incident = {
  name: 'stars-deadlock',
  title: 'stars runs one task at minimum 100 % and maximum 100 %, so stars:9 can never start',
  environment: 'prod',
  ask: 'deployment stars prod',
  expected: { state: 'problem', cause: 'deployment-percent-deadlock', status: 'confirmed' },
  world(now, place) {
    const told = rolloutOf(place, now, {
      service: 'stars',
      revision: 9,
      desired: 1,
      took: [3, 3, 4],
      began: 31,
    });
    return serviceWorld(place, now, {
      ...told,
      desired: 1,
      tasks: told.serving,
      percent: { minimum: 100, maximum: 100 },
    });
  },
};
