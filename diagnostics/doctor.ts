import type { Session } from '#src/aws/aws.ts';
import { failureOf } from '#src/aws/failure.ts';
import { checkOf, checks } from './checks/index.ts';
import { accessProbes } from './probes/access.ts';
import { connectProbes } from './probes/connect.ts';
import { imageProbes } from './probes/image.ts';
import { insightsProbes } from './probes/insights.ts';
import { networkProbes } from './probes/network.ts';
import { nobody, type Probe } from './probes/probe.ts';
import { scalingProbes } from './probes/scaling.ts';
import { trailProbes } from './probes/trail.ts';

/** What an environment allows, found out by asking for things that do not exist. */
export interface Examination {
  /** The ARN that the calls are made as, or why there is none. */
  assumed: { ok: true; arn: string } | { ok: false; reason: string; fix: string };
  /** Refused actions. */
  missing: string[];
  untested: { action: string; reason: string }[];
  clockSkewMs?: number;
}

const noTask = '0'.repeat(32);
const noSubnet = { Name: 'subnet-id', Values: ['subnet-00000000000000000'] };
const noGroup = { Name: 'group-id', Values: ['sg-00000000000000000'] };
const noId = '0'.repeat(21);
const noRevision = '0'.repeat(19);

/** How each action is tried. Every action that a fact declares has a probe; a test holds that. */
export const probes: Readonly<Record<string, Probe>> = {
  ...accessProbes,
  ...scalingProbes,
  ...trailProbes,
  ...imageProbes,
  ...insightsProbes,
  ...networkProbes,
  ...connectProbes,
  'ecs:DescribeServices': (aws, { cluster }) => aws.ecs.describeServices({ cluster, services: [nobody] }),
  'ecs:ListTasks': (aws, { cluster }) => aws.ecs.listTasks({ cluster, family: nobody }),
  'ecs:DescribeTasks': (aws, { cluster }) => aws.ecs.describeTasks({ cluster, tasks: [noTask] }),
  'ecs:DescribeTaskDefinition': (aws) => aws.ecs.describeTaskDefinition({ taskDefinition: nobody }),
  'ecs:DescribeServiceDeployments': (aws, { serviceArn }) =>
    aws.ecs.describeServiceDeployments({
      serviceDeploymentArns: [serviceArn.replace(':service/', ':service-deployment/').concat('/', noId)],
    }),
  'ecs:DescribeServiceRevisions': (aws, { serviceArn }) =>
    aws.ecs.describeServiceRevisions({
      serviceRevisionArns: [serviceArn.replace(':service/', ':service-revision/').concat('/', noRevision)],
    }),
  'ecs:GetTaskProtection': (aws, { cluster }) => aws.ecs.getTaskProtection({ cluster, tasks: [noTask] }),
  'ecs:ListServiceDeployments': (aws, { cluster }) =>
    aws.ecs.listServiceDeployments({ cluster, service: nobody }),
  'ecs:ListServices': (aws, { cluster }) => aws.ecs.listServices({ cluster, maxResults: 1 }),
  'ecs:DescribeClusters': (aws, { cluster }) => aws.ecs.describeClusters({ clusters: [cluster] }),
  'ecs:ListClusters': (aws) => aws.ecs.listClusters({ maxResults: 1 }),
  'ecs:ListTaskDefinitionFamilies': (aws) =>
    aws.ecs.listTaskDefinitionFamilies({ familyPrefix: nobody, maxResults: 1 }),
  'logs:GetLogEvents': (aws) =>
    aws.logs.getLogEvents({ logGroupName: `/ecs/${nobody}`, logStreamName: nobody }),
  'logs:FilterLogEvents': (aws, { cluster }) =>
    aws.logs.filterLogEvents({
      logGroupName: `/aws/events/ecs/containerinsights/${cluster}/performance`,
      limit: 1,
    }),
  'elasticloadbalancing:DescribeTargetGroups': (aws) => aws.elb.describeTargetGroups({ PageSize: 1 }),
  'elasticloadbalancing:DescribeTargetHealth': (aws, { targetGroup }) =>
    aws.elb.describeTargetHealth({ TargetGroupArn: targetGroup }),
  'elasticloadbalancing:DescribeTargetGroupAttributes': (aws, { targetGroup }) =>
    aws.elb.describeTargetGroupAttributes({ TargetGroupArn: targetGroup }),
  'elasticloadbalancing:DescribeLoadBalancers': (aws) => aws.elb.describeLoadBalancers({ PageSize: 1 }),
  'elasticloadbalancing:DescribeListeners': (aws, { targetGroup }) =>
    aws.elb.describeListeners({ LoadBalancerArn: asBalancer(targetGroup) }),
  'elasticloadbalancing:DescribeRules': (aws, { targetGroup }) =>
    aws.elb.describeRules({ ListenerArn: asListener(targetGroup) }),
  'cloudwatch:DescribeAlarms': (aws) => aws.cloudwatch.describeAlarms({ AlarmNames: [nobody] }),
  'cloudwatch:DescribeAlarmHistory': (aws) =>
    aws.cloudwatch.describeAlarmHistory({ AlarmName: nobody, MaxRecords: 1 }),
  'ecs:ListContainerInstances': (aws, { cluster }) =>
    aws.ecs.listContainerInstances({ cluster, maxResults: 1 }),
  'ecs:DescribeContainerInstances': (aws, { cluster }) =>
    aws.ecs.describeContainerInstances({ cluster, containerInstances: [noTask] }),
  'ecs:DescribeCapacityProviders': (aws) =>
    aws.ecs.describeCapacityProviders({ capacityProviders: [nobody] }),
  'ec2:DescribeSubnets': (aws) => aws.ec2.describeSubnets({ Filters: [noSubnet] }),
  'ec2:DescribeSecurityGroups': (aws) => aws.ec2.describeSecurityGroups({ Filters: [noGroup] }),
  'ec2:DescribeInstanceTypes': (aws) => aws.ec2.describeInstanceTypes({ InstanceTypes: ['t3.nano'] }),
  'autoscaling:DescribeAutoScalingGroups': (aws) =>
    aws.autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: [nobody] }),
  'autoscaling:DescribeScalingActivities': (aws) =>
    aws.autoscaling.describeScalingActivities({ AutoScalingGroupName: nobody, MaxRecords: 1 }),
  'servicequotas:GetServiceQuota': (aws) =>
    aws.quotas.getServiceQuota({ ServiceCode: 'fargate', QuotaCode: 'L-3032A538' }),
  'cloudwatch:GetMetricData': (aws) =>
    aws.cloudwatch.getMetricData({
      StartTime: new Date(Date.now() - 60_000),
      EndTime: new Date(),
      MetricDataQueries: [
        {
          Id: 'm',
          MetricStat: { Metric: { Namespace: nobody, MetricName: nobody }, Period: 60, Stat: 'Sum' },
        },
      ],
    }),
};

function asBalancer(targetGroup: string): string {
  return targetGroup.replace(':targetgroup/', ':loadbalancer/app/');
}

function asListener(targetGroup: string): string {
  return `${targetGroup.replace(':targetgroup/', ':listener/app/')}/0123456789abcdef`;
}

/** What finding a service by a partial name needs, beside the facts. */
export const lookupActions = ['ecs:ListServices', 'ecs:ListClusters', 'ecs:ListTaskDefinitionFamilies'];

/** The IAM actions of some checks' facts. */
export function actionsOf(checkIds: readonly string[]): string[] {
  const sources = checkIds.flatMap((id) => {
    const check = checkOf(id);
    return check ? [...Object.values(check.needs), ...Object.values(check.wants)] : [];
  });
  return [...new Set(sources.flatMap(({ actions }) => actions))].sort();
}

/** Checks that no command begins with: they are asked when a finding leads to them. */
export function followUpChecks(begunWith: readonly string[]): string[] {
  return checks.map(({ id }) => id).filter((id) => !begunWith.includes(id));
}

/**
 * Tries every action once. Never throws: what could not be tried is said.
 * @param deadline milliseconds after which what is still under way is given up
 */
export async function examine(
  session: Session,
  cluster: string,
  actions: readonly string[],
  deadline: number,
): Promise<Examination> {
  const aws = session.connect({ signal: AbortSignal.timeout(deadline), started: () => () => {} });
  const { partition, region, account } = session;
  const targetGroup = `arn:${partition}:elasticloadbalancing:${region}:${account}:targetgroup/${nobody}/0123456789abcdef`;
  const serviceArn = `arn:${partition}:ecs:${region}:${account}:service/${cluster}/${nobody}`;
  let arn: string;
  try {
    arn = (await aws.sts.getCallerIdentity({})).Arn ?? '';
  } catch (error) {
    const { message, fix } = failureOf(error);
    return { assumed: { ok: false, reason: message, fix: fix ?? '' }, missing: [], untested: [] };
  }
  const tried = await Promise.all(
    actions.map(async (action) => ({
      action,
      outcome: await attempt(action, actions, () =>
        probes[action]?.(aws, { cluster, targetGroup, serviceArn }),
      ),
    })),
  );
  return {
    assumed: { ok: true, arn },
    missing: tried.filter(({ outcome }) => outcome === 'refused').map(({ action }) => action),
    untested: tried.flatMap(({ action, outcome }) =>
      outcome === 'allowed' || outcome === 'refused' ? [] : [{ action, reason: outcome.reason }],
    ),
    clockSkewMs: session.clockSkew?.(),
  };
}

async function attempt(
  own: string,
  tried: readonly string[],
  probe: () => Promise<unknown> | undefined,
): Promise<'allowed' | 'refused' | { reason: string }> {
  try {
    await probe();
    return 'allowed';
  } catch (error) {
    const { reason, message, action = own } = failureOf(error);
    // A call may need a second right: that one is told of by its own trial.
    if (reason === 'AccessDenied' && action !== own && tried.includes(action)) return { reason: message };
    if (reason === 'AccessDenied') return 'refused';
    // "Not found" and "not valid" come after the permission was checked; a fault of AWS's own proves nothing.
    return reason === 'NotFound' || (reason === 'Failed' && isClientFault(error))
      ? 'allowed'
      : { reason: message };
  }
}

/** The SDK's errors say whose fault they are. */
function isClientFault(error: unknown): boolean {
  return typeof error === 'object' && error !== null && '$fault' in error && error.$fault === 'client';
}
