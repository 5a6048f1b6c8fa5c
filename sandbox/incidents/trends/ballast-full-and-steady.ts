import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import { steady, usageOf } from '../build/usage.ts';
import type { Incident } from '../incident.ts';

/** A cache that was given most of the memory and keeps it: high, and no news. It filled up when the tasks started. */
export const ballastFullAndSteady: Incident = {
  name: 'ballast-full-and-steady',
  title: 'ballast keeps a cache in 88 percent of its memory and always has',
  environment: 'prod',
  ask: 'perf ballast prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const image = ecrImage(place, 'ballast', '5.0.3');
    return mergeWorlds([
      standing(place, now, {
        service: 'ballast',
        ago: days(6),
        desired: 3,
        version: {
          cpu: '1024',
          memory: '4096',
          containers: [{ name: 'app', image, memory: 4096, port: 8080 }],
        },
      }),
      usageOf(place, now, 'ballast', { tasks: 3, cpu: steady(41, 9), memory: steady(88, 0.7) }),
    ]);
  },
};
