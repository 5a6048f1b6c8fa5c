import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { pendingTask } from '../build/task.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Twenty-two minutes would be an alarm elsewhere; here half of the deployments take longer. */
export const forecastUsualPace: Incident = {
  name: 'forecast-usual-pace',
  title:
    'forecast:140 is deployed since 22 minutes, which is normal for it: its model takes that long to load',
  environment: 'prod',
  ask: 'deployment forecast prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'forecast',
      revision: 140,
      desired: 2,
      took: [24, 23, 26, 25, 24, 27],
      began: 22,
    });
    const [left] = told.serving;
    const fresh = launched(told.next, 10, ago(21));
    const starting = pendingTask(launched(told.next, 11, ago(1)));
    return serviceWorld(place, now, {
      ...told,
      desired: 2,
      tasks: [...(left ? [left] : []), fresh, starting],
      percent: { minimum: 100, maximum: 150 },
      breaker: { enable: true, rollback: true },
    });
  },
};
