import { mergeWorlds } from '../build/merge.ts';
import { tracked } from '../build/scaling.ts';
import { standing } from '../build/standing.ts';
import { before, days } from '../build/times.ts';
import { usageOf } from '../build/usage.ts';
import type { Incident } from '../incident.ts';

/** Somebody suspended scaling for a migration and never resumed it; the alarm is red and nothing happens. */
export const sluiceSuspended: Incident = {
  name: 'sluice-suspended',
  title: 'scaling of sluice is suspended while its alarm asks for more tasks',
  environment: 'staging',
  ask: 'perf sluice staging',
  expected: { state: 'problem', cause: 'autoscaling-suspended', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    return mergeWorlds([
      standing(place, now, { service: 'sluice', ago: days(12), desired: 2 }),
      usageOf(place, now, 'sluice', {
        tasks: 2,
        cpu: (minutes) => (minutes > 45 ? 38 : 81),
        memory: () => 44,
      }),
      tracked(place, 'sluice', {
        min: 2,
        max: 10,
        target: 55,
        createdAt: ago(days(200)),
        suspended: { DynamicScalingOutSuspended: true, DynamicScalingInSuspended: true },
        high: { state: 'ALARM', since: ago(41) },
        activities: [{ at: ago(days(5)), count: 2 }],
      }),
    ]);
  },
};
