import { alarmRollback } from '../build/alarm-rollback.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

const name = 'signals-latency';

/** The alarm was green before, went red with the new tasks, and green again with the old ones. */
export const signalsAlarmTurned: Incident = {
  name: 'signals-alarm-turned',
  title: 'signals:12 was rolled back by an alarm that it turned red, and that is green again',
  environment: 'prod',
  ask: 'deployment signals prod',
  expected: {
    state: 'problem',
    cause: 'deployment-alarm',
    status: 'confirmed',
    chain: ['deployment-rolling-back', 'deployment-alarm'],
  },
  world(now, place) {
    const ago = before(now);
    const changes = [
      { at: ago(24), from: 'ALARM', to: 'OK' },
      { at: ago(29, 30), from: 'OK', to: 'ALARM' },
      { at: ago(2600), from: 'INSUFFICIENT_DATA', to: 'OK' },
    ];
    return {
      ...alarmRollback(place, now, {
        service: 'signals',
        revision: 12,
        alarm: {
          AlarmName: name,
          Namespace: 'Signals',
          MetricName: 'LatencyP99',
          Threshold: 1.5,
          StateValue: 'OK',
          StateReason: 'Threshold Crossed: 3 datapoints were not greater than the threshold (1.5).',
          StateTransitionedTimestamp: ago(24),
          StateUpdatedTimestamp: ago(24),
        },
      }),
      alarmHistory: changes.map(({ at, from, to }) => ({
        AlarmName: name,
        AlarmType: 'MetricAlarm',
        Timestamp: at,
        HistoryItemType: 'StateUpdate',
        HistorySummary: `Alarm updated from ${from} to ${to}`,
      })),
    };
  },
};
