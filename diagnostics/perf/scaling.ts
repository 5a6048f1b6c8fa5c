import type {
  ScalableTarget,
  ScalingActivity,
  ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';

/** Everything that decides whether the desired count of a service changes. */
export interface Scaling {
  target: ScalableTarget;
  /** Undefined where they could not be read. */
  policies: readonly ScalingPolicy[] | undefined;
  alarms: readonly MetricAlarm[] | undefined;
  /** Newest first. */
  activities: readonly ScalingActivity[] | undefined;
}

/** An alarm of a policy with what it does. */
export interface PolicyAlarm {
  policy: ScalingPolicy;
  name: string;
  /** Undefined where no alarm of this name exists. */
  alarm: MetricAlarm | undefined;
  direction: 'out' | 'in' | 'unknown';
}

/** The alarms of all policies; empty where the alarms could not be read. */
export function policyAlarms({ policies = [], alarms }: Scaling): PolicyAlarm[] {
  if (!alarms) return [];
  return policies.flatMap((policy) =>
    (policy.Alarms ?? []).map(({ AlarmName = '' }) => {
      const alarm = alarms.find((each) => each.AlarmName === AlarmName);
      return { policy, name: AlarmName, alarm, direction: directionOf(policy, AlarmName, alarm) };
    }),
  );
}

/** Target tracking has an alarm for each direction; a step policy says by its adjustments. */
function directionOf(
  { PolicyType, StepScalingPolicyConfiguration }: ScalingPolicy,
  name: string,
  alarm: MetricAlarm | undefined,
): PolicyAlarm['direction'] {
  if (PolicyType === 'TargetTrackingScaling') {
    if (/-AlarmHigh-/.test(name)) return 'out';
    if (/-AlarmLow-/.test(name)) return 'in';
    return byOperator(alarm);
  }
  const adjustments = StepScalingPolicyConfiguration?.StepAdjustments ?? [];
  if (StepScalingPolicyConfiguration?.AdjustmentType === 'ExactCapacity' || adjustments.length === 0)
    return byOperator(alarm);
  return adjustments.some(({ ScalingAdjustment = 0 }) => ScalingAdjustment > 0) ? 'out' : 'in';
}

function byOperator(alarm: MetricAlarm | undefined): PolicyAlarm['direction'] {
  const operator = alarm?.ComparisonOperator ?? '';
  if (operator.startsWith('Greater')) return 'out';
  return operator.startsWith('Less') ? 'in' : 'unknown';
}

/** The target of a policy that tracks the service's own CPU or memory. */
export function trackedTarget({
  TargetTrackingScalingPolicyConfiguration: tracking,
}: ScalingPolicy): { metric: 'cpu' | 'memory'; value: number } | undefined {
  const type = tracking?.PredefinedMetricSpecification?.PredefinedMetricType ?? '';
  if (tracking?.TargetValue === undefined) return undefined;
  if (type.startsWith('ECSServiceAverageCPUUtilization'))
    return { metric: 'cpu', value: tracking.TargetValue };
  if (type.startsWith('ECSServiceAverageMemoryUtilization'))
    return { metric: 'memory', value: tracking.TargetValue };
  return undefined;
}

/** Why the service should have more tasks. */
export interface Need {
  why: string;
  policy: ScalingPolicy;
  alarm?: MetricAlarm;
  /** Tasks that would bring the metric to its target, where that can be worked out. */
  tasks?: number;
}

/**
 * Whether scaling out is asked for: an alarm that scales out is in ALARM, or the metric that a policy tracks stands
 * above its target. Target tracking waits for three minutes above the target, so that the mean of the last quarter of
 * an hour is asked.
 */
export function needOf(
  scaling: Scaling,
  now: { cpu: number | undefined; memory: number | undefined; desired: number },
): Need | undefined {
  const red = policyAlarms(scaling).find(
    ({ alarm, direction }) => direction === 'out' && alarm?.StateValue === 'ALARM',
  );
  const over = (scaling.policies ?? []).flatMap((policy) => {
    const tracked = trackedTarget(policy);
    const value = tracked && now[tracked.metric];
    if (!tracked || value === undefined || value <= tracked.value * aboveTarget) return [];
    return [{ policy, tracked, value, tasks: Math.ceil((now.desired * value) / tracked.value) }];
  })[0];
  if (red?.alarm) {
    const own = over?.policy === red.policy ? over : undefined;
    return {
      why: `${alarmWords(red.alarm)} is in ALARM`,
      policy: red.policy,
      alarm: red.alarm,
      ...(own && { tasks: own.tasks }),
    };
  }
  // Whose alarms were read and are calm has nothing to ask for, whatever the mean says.
  if (!over || scaling.alarms?.some(({ AlarmName }) => isOf(over.policy, AlarmName))) {
    return undefined;
  }
  return {
    why: `${over.tracked.metric === 'cpu' ? 'CPU' : 'memory'} is above the target of ${over.tracked.value} %`,
    policy: over.policy,
    tasks: over.tasks,
  };
}

/** The alarms of target tracking have names that nobody reads. */
export function alarmWords({
  AlarmName = '',
  MetricName,
  Threshold,
  ComparisonOperator,
}: MetricAlarm): string {
  if (!AlarmName.startsWith('TargetTracking-') || MetricName === undefined) return `alarm ${AlarmName}`;
  const side = ComparisonOperator?.startsWith('Less') ? 'below' : 'above';
  return `its alarm for ${MetricName} ${side} ${Threshold ?? 'the target'}`;
}

/** Target tracking leaves some room itself before it acts. */
const aboveTarget = 1.1;

function isOf({ Alarms = [] }: ScalingPolicy, name: string | undefined): boolean {
  return Alarms.some(({ AlarmName, AlarmARN }) => AlarmName === name && AlarmARN !== undefined);
}

/** The count that an activity set, read from AWS's own text: "Setting desired count to 6." */
export function countSet({ Description = '' }: ScalingActivity): number | undefined {
  const [, count] = /desired count to (\d+)/.exec(Description) ?? [];
  return count === undefined ? undefined : Number(count);
}

/** Whether it was an act, and not the record of one that was not taken. */
export function isAct({ NotScaledReasons }: ScalingActivity): boolean {
  return (NotScaledReasons ?? []).length === 0;
}
