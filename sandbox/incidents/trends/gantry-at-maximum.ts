import { mergeWorlds } from '../build/merge.ts';
import { tracked } from '../build/scaling.ts';
import { standing } from '../build/standing.ts';
import { before, days } from '../build/times.ts';
import { usageOf } from '../build/usage.ts';
import type { Incident } from '../incident.ts';

/** Load has grown since noon; scaling has given all the tasks that it may give, and the alarm stays red. */
export const gantryAtMaximum: Incident = {
  name: 'gantry-at-maximum',
  title: 'gantry needs more tasks than the maximum of its scaling',
  environment: 'prod',
  ask: 'perf gantry prod',
  expected: {
    state: 'problem',
    cause: 'autoscaling-at-maximum',
    status: 'confirmed',
    chain: ['cpu-saturated', 'autoscaling-at-maximum'],
  },
  world(now, place) {
    const ago = before(now);
    const ramp = (minutes: number) => (minutes > 150 ? 52 : minutes > 80 ? 52 + (150 - minutes) * 0.6 : 96);
    return mergeWorlds([
      standing(place, now, { service: 'gantry', ago: days(3), desired: 4 }),
      usageOf(place, now, 'gantry', { tasks: 4, cpu: ramp, memory: () => 31 }),
      tracked(place, 'gantry', {
        min: 2,
        max: 4,
        target: 60,
        createdAt: ago(days(90)),
        high: { state: 'ALARM', since: ago(131) },
        low: { state: 'OK', since: ago(days(1)) },
        activities: [
          { at: ago(128), count: 3 },
          { at: ago(119), count: 4 },
          {
            at: ago(112),
            count: 4,
            notScaled: { Code: 'AlreadyAtMaxCapacity', MaxCapacity: 4, CurrentCapacity: 4 },
          },
        ],
      }),
    ]);
  },
};
