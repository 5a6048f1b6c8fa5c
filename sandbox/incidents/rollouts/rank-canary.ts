import { blueGreen } from '../build/blue-green.ts';
import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A twentieth of the traffic, on purpose and for half an hour. */
export const rankCanary: Incident = {
  name: 'rank-canary',
  title: 'rank:44 is a canary with 5 % of the traffic for half an hour',
  environment: 'staging',
  ask: 'deployment rank staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'rank',
      revision: 44,
      desired: 2,
      took: [52, 50],
      began: 14,
    });
    const green = [0, 1].map((number) => launched(told.next, 10 + number, ago(13)));
    return blueGreen(place, now, told, {
      tasks: green,
      configuration: {
        strategy: 'CANARY',
        bakeTimeInMinutes: 10,
        canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: 30 },
      },
      deployment: { lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT', updatedAt: ago(8) },
      weight: 5,
    });
  },
};
