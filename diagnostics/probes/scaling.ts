import { nobody, type Probe } from './probe.ts';

/** How the actions are tried that look at what scales a service. */
export const scalingProbes: Readonly<Record<string, Probe>> = {
  'application-autoscaling:DescribeScalableTargets': (aws) =>
    aws.scaling.describeScalableTargets({
      ServiceNamespace: 'ecs',
      ResourceIds: [`service/${nobody}/${nobody}`],
    }),
  'application-autoscaling:DescribeScalingPolicies': (aws) =>
    aws.scaling.describeScalingPolicies({
      ServiceNamespace: 'ecs',
      ResourceId: `service/${nobody}/${nobody}`,
    }),
  'application-autoscaling:DescribeScalingActivities': (aws) =>
    aws.scaling.describeScalingActivities({
      ServiceNamespace: 'ecs',
      ResourceId: `service/${nobody}/${nobody}`,
      MaxResults: 1,
    }),
};
