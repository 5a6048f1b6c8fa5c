import { hours } from '../build/times.ts';
import { withLogs } from '../build/with-logs.ts';
import type { Incident } from '../incident.ts';

/** The stream is there, as the log driver made it, and the process keeps its words to itself: it logs to a file. */
export const hearthWroteNothing: Incident = {
  name: 'hearth-wrote-nothing',
  title: 'hearth has run for five hours and written nothing to its log',
  environment: 'prod',
  ask: 'logs hearth prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    withLogs(place, now, {
      service: 'hearth',
      ago: hours(5),
      says: { app: () => ({ events: [], empty: 'nothing-written' }) },
    }),
};
