import { hours } from '../build/times.ts';
import { withLogs } from '../build/with-logs.ts';
import type { Incident } from '../incident.ts';

/** Half the price, and no operation but a query can read it. */
export const permafrostInfrequentAccess: Incident = {
  name: 'permafrost-infrequent-access',
  title: 'the log group of permafrost is for infrequent access, which only Insights can read',
  environment: 'staging',
  ask: 'logs permafrost staging',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world: (now, place) =>
    withLogs(place, now, {
      service: 'permafrost',
      ago: hours(30),
      says: {
        app: ({ startedAt = now }) => ({
          events: [{ at: startedAt, message: 'permafrost listening on :8080' }],
        }),
      },
      group: { logGroupClass: 'INFREQUENT_ACCESS' },
    }),
};
