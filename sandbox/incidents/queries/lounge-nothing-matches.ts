import { logGroup } from '../build/log.ts';
import { mergeWorlds } from '../build/merge.ts';
import { standing } from '../build/standing.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { busy, some } from './traffic.ts';

/** Lines that speak of errors, and are none. */
export const loungeNothingMatches: Incident = {
  name: 'lounge-nothing-matches',
  title: 'A log without errors, in which the word is often written',
  environment: 'prod',
  ask: 'insights lounge prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const world = standing(place, now, { service: 'lounge', ago: days(12), desired: 1 });
    const ago = before(now);
    const streams = (world.tasks ?? []).map((task) =>
      busy(task, {
        from: ago(25),
        to: ago(0, 9),
        every: 11,
        line: (index) =>
          index % 4 === 0
            ? `INFO flush of ${some(`lounge ${index}`, 20, 90)} rows done, 0 errors`
            : 'DEBUG poll: no failures, error_count=0',
      }),
    );
    return mergeWorlds([world, { logGroups: [logGroup('lounge', streams)] }]);
  },
};
