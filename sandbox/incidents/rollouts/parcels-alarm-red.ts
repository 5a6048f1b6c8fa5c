import { alarmRollback } from '../build/alarm-rollback.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The alarm was red an hour before: it turns back every deployment, the one that mends it too. */
export const parcelsAlarmRed: Incident = {
  name: 'parcels-alarm-red',
  title: 'parcels:54 was rolled back by an alarm that had been red for an hour before it began',
  environment: 'prod',
  ask: 'deployment parcels prod',
  expected: {
    state: 'problem',
    cause: 'deployment-alarm',
    status: 'confirmed',
    chain: ['deployment-rolling-back', 'deployment-alarm'],
  },
  world(now, place) {
    const red = before(now)(98);
    return alarmRollback(place, now, {
      service: 'parcels',
      revision: 54,
      alarm: {
        AlarmName: 'parcels-backlog',
        Namespace: 'Parcels',
        MetricName: 'OldestParcelSeconds',
        Threshold: 900,
        StateValue: 'ALARM',
        StateReason: 'Threshold Crossed: 3 datapoints were greater than the threshold (900.0).',
        StateTransitionedTimestamp: red,
        StateUpdatedTimestamp: red,
      },
    });
  },
};
