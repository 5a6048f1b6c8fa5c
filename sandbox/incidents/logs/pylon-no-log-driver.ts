import { days } from '../build/times.ts';
import { withLogs } from '../build/with-logs.ts';
import type { Incident } from '../incident.ts';

/** Nobody wrote a logConfiguration, and Fargate has no host to look at. */
export const pylonNoLogDriver: Incident = {
  name: 'pylon-no-log-driver',
  title: 'pylon has no logConfiguration on Fargate, where its output is kept nowhere then',
  environment: 'staging',
  ask: 'logs pylon staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    withLogs(place, now, { service: 'pylon', ago: days(2), app: { logConfiguration: undefined }, says: {} }),
};
