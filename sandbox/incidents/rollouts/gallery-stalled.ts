import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { pendingTask } from '../build/task.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Far slower than ever, and nothing that ECS knows says why: said as it is. */
export const galleryStalled: Incident = {
  name: 'gallery-stalled',
  title: 'gallery:19 is deployed since 48 minutes, ten times as long as usual, and nothing failed',
  environment: 'staging',
  ask: 'deployment gallery staging',
  expected: { state: 'problem', cause: 'deployment-in-progress', status: 'open' },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'gallery',
      revision: 19,
      desired: 3,
      took: [4, 5, 4, 4],
      began: 48,
    });
    const fresh = launched(told.next, 10, ago(47));
    const starting = pendingTask(launched(told.next, 11, ago(45)));
    return serviceWorld(place, now, {
      ...told,
      desired: 3,
      tasks: [...told.serving.slice(0, 1), fresh, starting],
      percent: { minimum: 66, maximum: 100 },
      breaker: { enable: true, rollback: true },
    });
  },
};
