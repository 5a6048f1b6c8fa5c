import { balancerOf } from '../build/balancer.ts';
import { eventsOf } from '../build/events.ts';
import { launched } from '../build/release.ts';
import { retell, rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { scaledIn } from '../build/stop.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

const name = 'parcels-backlog';
const reason =
  'Service deployment rolled back because the CloudWatch alarm(s) were triggered: alarms in ALARM state because of alarm parcels-backlog';

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
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'parcels',
      revision: 54,
      desired: 2,
      took: [4, 4, 5, 4],
      began: 34,
      ended: 26,
      outcome: 'rolled-back',
    });
    const tried = [0, 1].map((number) =>
      scaledIn(launched(told.next, 10 + number, ago(33)), ago(29), told.next.id),
    );
    const say = eventsOf('parcels');
    const alarms = { enable: true, rollback: true, alarmNames: [name, 'parcels-5xx'] };
    const world = serviceWorld(place, now, {
      ...told,
      desired: 2,
      tasks: [...told.serving, ...tried],
      events: [say.rollingBack(told.good, ago(29)), ...say.completed(told.good, ago(26))],
      balancer: balancerOf(place, 'parcels'),
    });
    const configuration = { ...world.services?.[0]?.deploymentConfiguration, alarms };
    const watched = { Namespace: 'Parcels', ActionsEnabled: true, EvaluationPeriods: 3, Period: 60 };
    return {
      ...retell(world, {
        service: { deploymentConfiguration: configuration },
        deployment: {
          statusReason: reason,
          rollback: {
            reason,
            startedAt: ago(29),
            serviceRevisionArn: world.serviceDeployments?.at(-1)?.rollback?.serviceRevisionArn,
          },
          deploymentConfiguration: configuration,
          deploymentCircuitBreaker: { status: 'DISABLED' },
          alarms: { status: 'TRIGGERED', alarmNames: alarms.alarmNames, triggeredAlarmNames: [name] },
        },
      }),
      alarms: [
        {
          ...watched,
          AlarmName: name,
          MetricName: 'OldestParcelSeconds',
          ComparisonOperator: 'GreaterThanThreshold',
          Threshold: 900,
          StateValue: 'ALARM',
          StateReason: 'Threshold Crossed: 3 datapoints were greater than the threshold (900.0).',
          StateTransitionedTimestamp: ago(98),
          StateUpdatedTimestamp: ago(98),
        },
        {
          ...watched,
          AlarmName: 'parcels-5xx',
          MetricName: 'HTTPCode_Target_5XX_Count',
          ComparisonOperator: 'GreaterThanThreshold',
          Threshold: 5,
          StateValue: 'OK',
          StateTransitionedTimestamp: ago(4000),
          StateUpdatedTimestamp: ago(4000),
        },
      ],
    };
  },
};
