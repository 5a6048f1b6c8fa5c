import type {
  ScalableTarget,
  ScalingActivity,
  ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { defineFact } from '../../fact.ts';
import { redact } from '../../redact.ts';
import type { Target } from '../../report.ts';

const dimension = 'ecs:service:DesiredCount';

/** How Application Auto Scaling names a service. */
export function resourceIdOf({ cluster, service }: Target): string {
  return `service/${cluster}/${service}`;
}

/** What may scale the service, with its limits; undefined where nothing does. */
export const scalableTarget = defineFact<ScalableTarget | undefined>({
  id: 'scalable-target',
  what: 'whether something scales the service',
  actions: ['application-autoscaling:DescribeScalableTargets'],
  async load({ target, aws }) {
    if (target.service === undefined) return undefined;
    const answer = await aws.scaling.describeScalableTargets({
      ServiceNamespace: 'ecs',
      ResourceIds: [resourceIdOf(target)],
      ScalableDimension: dimension,
    });
    return answer.ScalableTargets?.[0];
  },
});

/** By what it scales. */
export const scalingPolicies = defineFact<ScalingPolicy[]>({
  id: 'scaling-policies',
  what: 'the policies that scale the service',
  actions: ['application-autoscaling:DescribeScalingPolicies'],
  async load({ target, aws, read }) {
    if (!(await read(scalableTarget))) return [];
    const answer = await aws.scaling.describeScalingPolicies({
      ServiceNamespace: 'ecs',
      ResourceId: resourceIdOf(target),
      ScalableDimension: dimension,
    });
    return answer.ScalingPolicies ?? [];
  },
});

const activitiesAtMost = 20;

/** What scaled it last, and what did not and why; newest first. AWS keeps six weeks. */
export const serviceScalingActivities = defineFact<ScalingActivity[]>({
  id: 'service-scaling-activities',
  what: 'what scaled the service last',
  actions: ['application-autoscaling:DescribeScalingActivities'],
  async load({ target, aws, read }) {
    if (!(await read(scalableTarget))) return [];
    const answer = await aws.scaling.describeScalingActivities({
      ServiceNamespace: 'ecs',
      ResourceId: resourceIdOf(target),
      ScalableDimension: dimension,
      IncludeNotScaledActivities: true,
      MaxResults: activitiesAtMost,
    });
    const activities = await Promise.all((answer.ScalingActivities ?? []).map(clean));
    return activities.sort((a, b) => (b.StartTime?.getTime() ?? 0) - (a.StartTime?.getTime() ?? 0));
  },
});

/** Why ECS refused may quote whatever stands in the service. */
async function clean({ Details: _, ...activity }: ScalingActivity): Promise<ScalingActivity> {
  const { StatusMessage } = activity;
  return { ...activity, ...(StatusMessage !== undefined && { StatusMessage: await redact(StatusMessage) }) };
}

/** DescribeAlarms takes 100 names. */
const alarmsAtMost = 100;

/** The alarms that the policies act on; one that is missing does not exist any more. */
export const scalingAlarms = defineFact<MetricAlarm[]>({
  id: 'scaling-alarms',
  what: 'the alarms of the scaling policies',
  actions: ['cloudwatch:DescribeAlarms'],
  async load({ aws, read }) {
    const policies = await read(scalingPolicies);
    const names = policies.flatMap(({ Alarms = [] }) => Alarms.flatMap(({ AlarmName }) => AlarmName ?? []));
    if (names.length === 0) return [];
    const answer = await aws.cloudwatch.describeAlarms({
      AlarmNames: [...new Set(names)].slice(0, alarmsAtMost),
      AlarmTypes: ['MetricAlarm'],
      MaxRecords: alarmsAtMost,
    });
    return answer.MetricAlarms ?? [];
  },
});
