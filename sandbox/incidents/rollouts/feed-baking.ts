import { blueGreen } from '../build/blue-green.ts';
import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** All traffic is on green, and blue is kept for the bake time. */
export const feedBaking: Incident = {
  name: 'feed-baking',
  title: 'feed:203 has all the traffic and bakes for an hour before feed:202 goes',
  environment: 'prod',
  ask: 'deployment feed prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'feed',
      revision: 203,
      desired: 3,
      took: [68, 69, 67],
      began: 31,
    });
    const green = [0, 1, 2].map((number) => launched(told.next, 10 + number, ago(30)));
    return blueGreen(place, now, told, {
      tasks: green,
      configuration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 60 },
      deployment: { lifecycleStage: 'BAKE_TIME', updatedAt: ago(24) },
      weight: 100,
    });
  },
};
