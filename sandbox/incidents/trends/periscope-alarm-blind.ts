import { mergeWorlds } from '../build/merge.ts';
import { tracked } from '../build/scaling.ts';
import { standing } from '../build/standing.ts';
import { before, days } from '../build/times.ts';
import { steady, usageOf } from '../build/usage.ts';
import type { Incident } from '../incident.ts';

/** The service moved to a new target group; its policy still counts the requests of the old one, which gets none. */
export const periscopeAlarmBlind: Incident = {
  name: 'periscope-alarm-blind',
  title: 'the alarm that scales periscope watches a target group that the service no longer has',
  environment: 'prod',
  ask: 'perf periscope prod',
  expected: { state: 'problem', cause: 'autoscaling-alarm-no-data', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    return mergeWorlds([
      standing(place, now, { service: 'periscope', ago: days(16), desired: 2 }),
      usageOf(place, now, 'periscope', { tasks: 2, cpu: steady(71, 6), memory: steady(38) }),
      tracked(place, 'periscope', {
        min: 2,
        max: 12,
        target: 900,
        metric: 'ALBRequestCountPerTarget',
        label: 'app/prod-public/50dc6c495c0c9188/targetgroup/periscope-blue/6d0ecf831eec9f09',
        createdAt: ago(days(160)),
        high: { state: 'INSUFFICIENT_DATA', since: ago(days(15)) },
        low: { state: 'INSUFFICIENT_DATA', since: ago(days(15)) },
        activities: [{ at: ago(days(17)), count: 2 }],
      }),
    ]);
  },
};
