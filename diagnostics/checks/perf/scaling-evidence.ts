import type { ScalableTarget, ScalingActivity } from '@aws-sdk/client-application-auto-scaling';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { resourceIdOf } from '../../facts/perf/scaling.ts';
import type { Need } from '../../perf/scaling.ts';
import type { Evidence, Fix, Target } from '../../report.ts';
import type { Picture } from './picture.ts';

/** What scaling findings rest on, and the commands that change it. */

/** Symptoms of a service that should have more tasks and does not get them. */
export const tooFew = ['cpu-saturated'];

export function targetEvidence(
  { target }: Pick<Picture, 'target'>,
  { ResourceId }: ScalableTarget,
  field: string,
  value: string,
): Evidence {
  return {
    api: 'application-autoscaling:DescribeScalableTargets',
    field: `ScalableTargets[0].${field}`,
    value,
    cli: `aws application-autoscaling describe-scalable-targets --service-namespace ecs --resource-ids ${ResourceId} --region ${target.region}`,
  };
}

export function activityEvidence({ target }: Pick<Picture, 'target'>, activity: ScalingActivity): Evidence {
  const { NotScaledReasons = [], StatusCode, StatusMessage, StartTime, Description } = activity;
  const reasons = NotScaledReasons.map(({ Code }) => Code).join(', ');
  return {
    api: 'application-autoscaling:DescribeScalingActivities',
    field:
      reasons === '' ? 'ScalingActivities[].StatusMessage' : 'ScalingActivities[].NotScaledReasons[].Code',
    value: reasons === '' ? [StatusCode, StatusMessage ?? Description].filter(Boolean).join(': ') : reasons,
    ...(StartTime && { at: StartTime.toISOString() }),
    cli: `aws application-autoscaling describe-scaling-activities --service-namespace ecs --resource-id ${resourceIdOf(target)} --include-not-scaled-activities --max-items 10 --region ${target.region}`,
  };
}

export function alarmEvidence({ target }: Pick<Picture, 'target'>, alarm: MetricAlarm): Evidence {
  const { AlarmName = '', StateValue, StateTransitionedTimestamp, StateUpdatedTimestamp } = alarm;
  const at = StateTransitionedTimestamp ?? StateUpdatedTimestamp;
  return {
    api: 'cloudwatch:DescribeAlarms',
    field: 'MetricAlarms[0].StateValue',
    value: `${AlarmName} ${StateValue}`,
    ...(at && { at: at.toISOString() }),
    cli: `aws cloudwatch describe-alarms --alarm-names ${/^[\w./:-]+$/.test(AlarmName) ? AlarmName : 'ALARM_NAME'} --region ${target.region}`,
  };
}

/** A maximum with which the metric would come to its target. */
export function registerTarget({ target, desired }: Picture, max: number, { tasks }: Need): Fix {
  const why =
    tasks === undefined
      ? `Raise the maximum above ${desired}`
      : `Raise the maximum to ${max}: that many tasks would bring the metric to its target`;
  return {
    summary: `${why}. Make sure that the subnets, the quotas and what is behind the service can take them.`,
    terraform: `resource "aws_appautoscaling_target" "${target.service}" {\n  max_capacity = ${max}\n}`,
    cli: `${register(target)} --max-capacity ${max}`,
  };
}

const kinds = [
  ['DynamicScalingOutSuspended', 'dynamic_scaling_out_suspended'],
  ['DynamicScalingInSuspended', 'dynamic_scaling_in_suspended'],
  ['ScheduledScalingSuspended', 'scheduled_scaling_suspended'],
] as const;

/** Of the three kinds of scaling only those that are suspended are named. */
export function resumeTarget({ target }: Pick<Picture, 'target'>, { SuspendedState }: ScalableTarget): Fix {
  const suspended = kinds.filter(([kind]) => SuspendedState?.[kind] === true);
  const lines = suspended.map(([, name]) => `    ${name} = false`).join('\n');
  const state = suspended.map(([kind]) => `${kind}=false`).join(',');
  return {
    summary:
      'Resume scaling, once whoever suspended it is done; CloudTrail has the call to RegisterScalableTarget.',
    terraform: `resource "aws_appautoscaling_target" "${target.service}" {\n  suspended_state {\n${lines}\n  }\n}`,
    cli: `${register(target)} --suspended-state ${state}`,
  };
}

function register(target: Target): string {
  return `aws application-autoscaling register-scalable-target --region ${target.region} --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id ${resourceIdOf(target)}`;
}
