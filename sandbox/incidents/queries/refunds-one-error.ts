import { logGroup } from '../build/log.ts';
import { mergeWorlds } from '../build/merge.ts';
import { standing } from '../build/standing.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { busy, some } from './traffic.ts';

/** Each line has an id of its own: counted as they are, no two are the same. */
export const refundsOneError: Incident = {
  name: 'refunds-one-error',
  title: 'One of its errors makes nine tenths of all: the payment gateway does not answer refunds',
  environment: 'prod',
  ask: 'insights refunds prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const world = standing(place, now, { service: 'refunds', ago: days(6), desired: 2 });
    const ago = before(now);
    const streams = (world.tasks ?? []).map((task, number) =>
      busy(task, {
        from: ago(30),
        to: ago(0, 5),
        every: 4,
        line(index) {
          const refund = some(`refund ${number} ${index}`, 100_000, 999_999);
          if (index % 30 === 7) return `ERROR refund ${refund} rejected: balance too low`;
          if (index % 45 === 11) return 'WARN batch closed, 0 errors';
          if (index % 90 === 3)
            return `ERROR cannot write audit line ${refund}: token=${'sk_live_'}${'51H8aQwErTyUiOpAsDfGhJkLzX'} refused`;
          return index % 3 === 0
            ? `ERROR refund ${refund} failed: gateway timeout after ${some(`${refund}`, 3000, 3099)} ms`
            : `INFO refund ${refund} booked`;
        },
      }),
    );
    return mergeWorlds([world, { logGroups: [logGroup('refunds', streams)] }]);
  },
};
