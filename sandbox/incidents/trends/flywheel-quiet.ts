import { mergeWorlds } from '../build/merge.ts';
import { tracked } from '../build/scaling.ts';
import { standing } from '../build/standing.ts';
import { before, days } from '../build/times.ts';
import { steady, usageOf } from '../build/usage.ts';
import type { Incident } from '../incident.ts';

/** At its maximum since the morning, and calm: having all the tasks it may have is no fault while they suffice. */
export const flywheelQuiet: Incident = {
  name: 'flywheel-quiet',
  title: 'flywheel runs as many tasks as its scaling allows, and they have room',
  environment: 'prod',
  ask: 'perf flywheel prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    return mergeWorlds([
      standing(place, now, { service: 'flywheel', ago: days(9), desired: 6 }),
      usageOf(place, now, 'flywheel', { tasks: 6, cpu: steady(47, 5), memory: steady(44) }),
      tracked(place, 'flywheel', {
        min: 2,
        max: 6,
        target: 60,
        createdAt: ago(days(300)),
        activities: [
          { at: ago(214), count: 6 },
          { at: ago(221), count: 5 },
        ],
      }),
    ]);
  },
};
