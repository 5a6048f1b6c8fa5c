import type { ScalingPolicy } from '@aws-sdk/client-application-auto-scaling';
import { countSet, isAct, type PolicyAlarm, policyAlarms, type Scaling } from '../../perf/scaling.ts';
import type { ScalingState } from '../../perf-details.ts';
import { listed } from '../../words.ts';
import type { Picture } from './picture.ts';

/** How scaling stands, whether or not anything is wrong with it. */
export function scalingState(picture: Picture, scaling: Scaling): ScalingState {
  const { MinCapacity: min = 0, MaxCapacity: max = 0, SuspendedState: held } = scaling.target;
  const alarms = policyAlarms(scaling);
  return {
    min,
    max,
    desired: picture.desired,
    suspended: [
      ...(held?.DynamicScalingOutSuspended ? ['scaling out'] : []),
      ...(held?.DynamicScalingInSuspended ? ['scaling in'] : []),
      ...(held?.ScheduledScalingSuspended ? ['schedules'] : []),
    ],
    policies: (scaling.policies ?? []).map((policy) =>
      policyText(
        policy,
        alarms.filter((alarm) => alarm.policy === policy),
      ),
    ),
    ...lastOf(scaling),
    says: saysOf(picture, scaling),
  };
}

function policyText(policy: ScalingPolicy, alarms: readonly PolicyAlarm[]): string {
  const { PolicyName = 'a policy', TargetTrackingScalingPolicyConfiguration: tracking } = policy;
  const states = alarms
    .filter(({ alarm }) => alarm?.StateValue !== 'OK')
    .map(({ alarm, direction }) => {
      const which = direction === 'unknown' ? 'its alarm' : `the alarm that scales ${direction}`;
      return alarm ? `${which} is in ${alarm.StateValue}` : `${which} does not exist`;
    });
  const parts = [
    whatOf(policy),
    alarms.length > 0 ? listed(states) || 'its alarms are OK' : '',
    tracking?.DisableScaleIn ? 'never scales in' : '',
  ];
  return `${PolicyName}: ${parts.filter((part) => part !== '').join(', ')}`;
}

function whatOf({
  PolicyType,
  TargetTrackingScalingPolicyConfiguration: tracking,
  StepScalingPolicyConfiguration: step,
}: ScalingPolicy): string {
  if (tracking) {
    const { PredefinedMetricSpecification: known, CustomizedMetricSpecification: own } = tracking;
    const metric = known?.PredefinedMetricType ?? own?.MetricName ?? 'a metric of its own';
    return `keeps ${metric} at ${tracking.TargetValue}`;
  }
  if (step) {
    const amounts = (step.StepAdjustments ?? []).map(({ ScalingAdjustment = 0 }) =>
      step.AdjustmentType === 'ExactCapacity'
        ? `to ${ScalingAdjustment}`
        : `${ScalingAdjustment > 0 ? '+' : ''}${ScalingAdjustment}${step.AdjustmentType?.startsWith('Percent') ? ' %' : ''}`,
    );
    return `steps ${listed(amounts)}`;
  }
  return PolicyType ?? 'a policy of a kind that is not known here';
}

function lastOf({ activities = [] }: Scaling): Pick<ScalingState, 'last'> {
  const newest = activities.find(isAct);
  if (!newest?.StartTime) return {};
  const count = countSet(newest);
  const outcome = newest.StatusCode === 'Successful' ? '' : `, ${newest.StatusCode?.toLowerCase()}`;
  return {
    last: `last set${count === undefined ? '' : ` to ${count}`} at ${newest.StartTime.toISOString()}${outcome}`,
  };
}

/** The words of AWS's machine-readable reasons. */
const notScaled: Readonly<Record<string, string>> = {
  AutoScalingAnticipatedFlapping: 'AWS held it back: it would have had to undo it at once',
  TargetServicePutResourceAsUnscalable: 'ECS says that the service cannot be scaled now',
  AlreadyAtMaxCapacity: 'it was at its maximum',
  AlreadyAtMinCapacity: 'it was at its minimum',
  AlreadyAtDesiredCapacity: 'it had as many tasks as were asked for',
};

function saysOf({ service, scope }: Picture, scaling: Scaling): string[] {
  const [newest] = scaling.activities ?? [];
  const [reason] = newest?.NotScaledReasons ?? [];
  const deploying = (service.deployments ?? []).some(({ rolloutState }) => rolloutState === 'IN_PROGRESS');
  return [
    ...(reason && newest?.StartTime
      ? [
          `not scaled at ${newest.StartTime.toISOString()}: ${notScaled[reason.Code ?? ''] ?? reason.Code ?? 'no reason is given'}`,
        ]
      : []),
    ...cooldown(scaling, scope.now),
    // Source: Amazon ECS Developer Guide, "Troubleshooting service auto scaling".
    ...(deploying ? ['scaling in is off until the deployment is done'] : []),
  ];
}

/** Within the cooldown after scaling out only a larger step counts. */
function cooldown({ policies = [], activities = [] }: Scaling, now: Date): string[] {
  const newest = activities.find((activity) => isAct(activity) && activity.StatusCode === 'Successful');
  const ended = newest?.EndTime?.getTime();
  if (!newest || ended === undefined) return [];
  const policy = policies.find(({ PolicyName }) => newest.Cause?.includes(PolicyName ?? '\u0000'));
  const seconds =
    policy?.TargetTrackingScalingPolicyConfiguration?.ScaleOutCooldown ??
    policy?.StepScalingPolicyConfiguration?.Cooldown ??
    0;
  const until = ended + seconds * 1000;
  return until > now.getTime() ? [`cooldown until ${new Date(until).toISOString()}`] : [];
}
