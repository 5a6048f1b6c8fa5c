import type {
  NotScaledReason,
  PredefinedMetricSpecification,
  ScalingActivity,
  ScalingActivityStatusCode,
  SuspendedState,
} from '@aws-sdk/client-application-auto-scaling';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { hex, uuid } from './seeded.ts';
import { after } from './times.ts';

interface TrackingStory {
  min: number;
  max: number;
  createdAt: Date;
  /** Percent that the metric is to be kept at. */
  target: number;
  metric?: PredefinedMetricSpecification['PredefinedMetricType'];
  /** `app/NAME/ID/targetgroup/NAME/ID`, of a policy by requests. */
  label?: string;
  suspended?: SuspendedState;
  /** States of the alarms that scale out and in, and since when. */
  high?: { state: MetricAlarm['StateValue']; since: Date };
  low?: { state: MetricAlarm['StateValue']; since: Date };
  activities?: readonly Activity[];
}

interface Activity {
  at: Date;
  count: number;
  status?: ScalingActivityStatusCode;
  message?: string;
  notScaled?: NotScaledReason;
}

/** A service that Application Auto Scaling keeps at a target, with the two alarms that it made for that. */
export function tracked(place: Place, service: string, story: TrackingStory): Partial<World> {
  const id = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;
  const ResourceId = `service/${place.cluster}/${service}`;
  const own = `arn:aws:autoscaling:${place.region}:${place.account}`;
  const policyId = uuid(`${ResourceId} policy`);
  const metric = story.metric ?? 'ECSServiceAverageCPUUtilization';
  const PolicyName = `${service}-${metric.startsWith('ALB') ? 'requests' : 'cpu'}`;
  const PolicyARN = `${own}:scalingPolicy:${policyId}:resource/ecs/${ResourceId}:policyName/${PolicyName}`;
  const alarm = (side: 'High' | 'Low', told: TrackingStory['high']): MetricAlarm => {
    const AlarmName = `TargetTracking-${ResourceId}-Alarm${side}-${uuid(`${ResourceId} ${side}`)}`;
    const high = side === 'High';
    return {
      AlarmName,
      AlarmArn: `arn:aws:cloudwatch:${place.region}:${place.account}:alarm:${AlarmName}`,
      AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${PolicyARN}.`,
      ActionsEnabled: true,
      AlarmActions: [PolicyARN],
      StateValue: told?.state ?? (high ? 'OK' : 'OK'),
      StateReason: reasonOf(told?.state),
      StateUpdatedTimestamp: told?.since ?? story.createdAt,
      StateTransitionedTimestamp: told?.since ?? story.createdAt,
      ...watched(metric, place, service, story.label),
      Period: 60,
      EvaluationPeriods: high ? 3 : 15,
      Threshold: high ? story.target : story.target * 0.9,
      ComparisonOperator: high ? 'GreaterThanThreshold' : 'LessThanThreshold',
    };
  };
  const alarms = [alarm('High', story.high), alarm('Low', story.low)];
  return {
    scalableTargets: [
      {
        ...id,
        ResourceId,
        MinCapacity: story.min,
        MaxCapacity: story.max,
        RoleARN: `arn:aws:iam::${place.account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
        CreationTime: story.createdAt,
        SuspendedState: {
          DynamicScalingInSuspended: false,
          DynamicScalingOutSuspended: false,
          ScheduledScalingSuspended: false,
          ...story.suspended,
        },
        ScalableTargetARN: `arn:aws:application-autoscaling:${place.region}:${place.account}:scalable-target/${hex(ResourceId, 32)}`,
      },
    ],
    scalingPolicies: [
      {
        ...id,
        ResourceId,
        PolicyARN,
        PolicyName,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: story.target,
          PredefinedMetricSpecification: {
            PredefinedMetricType: metric,
            ...(story.label !== undefined && { ResourceLabel: story.label }),
          },
          ScaleOutCooldown: 60,
          ScaleInCooldown: 300,
          DisableScaleIn: false,
        },
        Alarms: alarms.map(({ AlarmName, AlarmArn }) => ({ AlarmName, AlarmARN: AlarmArn })),
        CreationTime: story.createdAt,
      },
    ],
    serviceScalingActivities: (story.activities ?? []).map((told) =>
      activityOf({ ...id, ResourceId }, PolicyName, alarms[0]?.AlarmName ?? '', told),
    ),
    alarms,
  };
}

function reasonOf(state: MetricAlarm['StateValue']): string {
  if (state === 'ALARM') return 'Threshold Crossed: 3 datapoints were greater than the threshold (60.0).';
  if (state === 'INSUFFICIENT_DATA') return 'Insufficient Data: 3 datapoints were unknown.';
  return 'Threshold Crossed: 1 out of the last 3 datapoints was not greater than the threshold.';
}

function watched(
  metric: string,
  place: Place,
  service: string,
  label: string | undefined,
): Pick<MetricAlarm, 'Namespace' | 'MetricName' | 'Dimensions' | 'Statistic'> {
  if (metric === 'ALBRequestCountPerTarget') {
    const group = label?.slice(label.indexOf('targetgroup/')) ?? '';
    return {
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'RequestCountPerTarget',
      Dimensions: [{ Name: 'TargetGroup', Value: group }],
      Statistic: 'Sum',
    };
  }
  return {
    Namespace: 'AWS/ECS',
    MetricName: metric.includes('Memory') ? 'MemoryUtilization' : 'CPUUtilization',
    Dimensions: [
      { Name: 'ClusterName', Value: place.cluster },
      { Name: 'ServiceName', Value: service },
    ],
    Statistic: 'Average',
  };
}

function activityOf(
  id: Pick<ScalingActivity, 'ServiceNamespace' | 'ScalableDimension' | 'ResourceId'>,
  policy: string,
  alarm: string,
  { at, count, status = 'Successful', message, notScaled }: Activity,
): ScalingActivity {
  const done = status === 'Successful' && !notScaled;
  return {
    ...id,
    ActivityId: uuid(`${id.ResourceId} ${at.getTime()}`),
    Description: notScaled
      ? 'Attempting to scale due to alarm triggered'
      : `Setting desired count to ${count}.`,
    Cause: `monitor alarm ${alarm} in state ALARM triggered policy ${policy}`,
    StartTime: at,
    EndTime: after(at, notScaled ? 0 : 42),
    StatusCode: notScaled ? 'Unfulfilled' : status,
    ...(done && {
      StatusMessage: `Successfully set desired count to ${count}. Change successfully fulfilled by ecs.`,
    }),
    ...(message !== undefined && { StatusMessage: message }),
    ...(notScaled && { NotScaledReasons: [notScaled] }),
  };
}
