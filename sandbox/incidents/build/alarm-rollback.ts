import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { balancerOf } from './balancer.ts';
import { eventsOf } from './events.ts';
import { launched } from './release.ts';
import { retell, rolloutOf } from './rollout.ts';
import { serviceWorld } from './service.ts';
import { scaledIn } from './stop.ts';
import { before } from './times.ts';

interface AlarmStory {
  service: string;
  revision: number;
  /** The alarm that turned the deployment back, as it stands now. */
  alarm: MetricAlarm & { AlarmName: string };
}

/** A deployment of half an hour ago that one of two alarms turned back after a few minutes. */
export function alarmRollback(place: Place, now: Date, story: AlarmStory): Partial<World> {
  const ago = before(now);
  const { service, revision, alarm } = story;
  const name = alarm.AlarmName;
  const other = `${service}-5xx`;
  const reason = `Service deployment rolled back because the CloudWatch alarm(s) were triggered: alarms in ALARM state because of alarm ${name}`;
  const told = rolloutOf(place, now, {
    service,
    revision,
    desired: 2,
    took: [4, 4, 5, 4],
    began: 34,
    ended: 26,
    outcome: 'rolled-back',
  });
  const tried = [0, 1].map((number) =>
    scaledIn(launched(told.next, 10 + number, ago(33)), ago(29), told.next.id),
  );
  const say = eventsOf(service);
  const alarms = { enable: true, rollback: true, alarmNames: [name, other] };
  const world = serviceWorld(place, now, {
    ...told,
    desired: 2,
    tasks: [...told.serving, ...tried],
    events: [say.rollingBack(told.good, ago(29)), ...say.completed(told.good, ago(26))],
    balancer: balancerOf(place, service),
  });
  const configuration = { ...world.services?.[0]?.deploymentConfiguration, alarms };
  const watched = {
    ActionsEnabled: true,
    EvaluationPeriods: 3,
    Period: 60,
    ComparisonOperator: 'GreaterThanThreshold',
  } as const;
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
      { ...watched, ...alarm },
      {
        ...watched,
        AlarmName: other,
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'HTTPCode_Target_5XX_Count',
        Threshold: 5,
        StateValue: 'OK',
        StateTransitionedTimestamp: ago(4000),
        StateUpdatedTimestamp: ago(4000),
      },
    ],
  };
}
