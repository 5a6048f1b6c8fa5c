import { mergeWorlds } from '../build/merge.ts';
import { tracked } from '../build/scaling.ts';
import { standing } from '../build/standing.ts';
import { before, days } from '../build/times.ts';
import { steady, usageOf } from '../build/usage.ts';
import type { Incident } from '../incident.ts';

/** Long-lived connections all end at one task of five. The average, by which it scales, is far below its target. */
export const pistonHotTask: Incident = {
  name: 'piston-hot-task',
  title: 'one task of piston stands at its limit while the average over five is low',
  environment: 'prod',
  ask: 'perf piston prod',
  expected: { state: 'problem', cause: 'hot-task', status: 'likely' },
  world(now, place) {
    const ago = before(now);
    return mergeWorlds([
      standing(place, now, { service: 'piston', ago: days(2), desired: 5 }),
      usageOf(place, now, 'piston', {
        tasks: 5,
        cpu: {
          highest: (minutes) => (minutes > 70 ? 34 : 97.5),
          average: (minutes) => (minutes > 70 ? 28 : 31),
        },
        memory: steady(40),
      }),
      tracked(place, 'piston', {
        min: 3,
        max: 20,
        target: 65,
        createdAt: ago(days(100)),
        activities: [{ at: ago(days(1)), count: 5 }],
      }),
    ]);
  },
};
