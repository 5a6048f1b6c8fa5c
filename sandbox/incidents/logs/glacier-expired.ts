import { days } from '../build/times.ts';
import { withLogs } from '../build/with-logs.ts';
import type { Incident } from '../incident.ts';

/** It logged as it started, forty days ago; the group keeps a week. */
export const glacierExpired: Incident = {
  name: 'glacier-expired',
  title: 'what glacier logged as it started has expired: its group keeps lines for a week',
  environment: 'prod',
  ask: 'logs glacier prod',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world: (now, place) =>
    withLogs(place, now, {
      service: 'glacier',
      ago: days(40),
      says: { app: () => ({ events: [], empty: 'expired' }) },
      group: { retentionInDays: 7 },
    }),
};
