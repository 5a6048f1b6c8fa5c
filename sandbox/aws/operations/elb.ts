import type {
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, validationMessage } from '../errors.ts';
import { type Page, pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

// None of these reads can be limited to a resource: IAM knows them with `*` alone.
export const elbOperations: Record<string, Operation> = {
  DescribeLoadBalancers: overWorld(describeLoadBalancers),
  DescribeTargetGroupAttributes: overWorld(describeTargetGroupAttributes),
  DescribeTargetGroups: overWorld(describeTargetGroups),
  DescribeTargetHealth: overWorld(describeTargetHealth),
};

const mostNamed = 20;
const largestPage = 400;

function describeLoadBalancers(
  input: DescribeLoadBalancersInput,
  { world }: Account,
): DescribeLoadBalancersOutput {
  const named = [...(input.LoadBalancerArns ?? []), ...(input.Names ?? [])];
  refuseMany(named, 'load balancers');
  const found = world.loadBalancers.filter(
    (balancer) =>
      !named.length ||
      named.some((name) => name === balancer.LoadBalancerArn || name === balancer.LoadBalancerName),
  );
  if (found.length < new Set(named).size) {
    throw new AwsError('LoadBalancerNotFoundException', 'One or more load balancers not found');
  }
  const { items, nextToken } = elbPage(found, 'load-balancers', input);
  return { LoadBalancers: items, NextMarker: nextToken };
}

function describeTargetGroups(
  input: DescribeTargetGroupsInput,
  { world }: Account,
): DescribeTargetGroupsOutput {
  const named = [...(input.TargetGroupArns ?? []), ...(input.Names ?? [])];
  refuseMany(named, 'target groups');
  const balancer = input.LoadBalancerArn;
  if (balancer && !world.loadBalancers.some((candidate) => candidate.LoadBalancerArn === balancer)) {
    throw new AwsError('LoadBalancerNotFoundException', `Load balancer '${balancer}' not found`);
  }
  const found = world.targetGroups
    .filter(
      (group) =>
        !named.length ||
        named.some((name) => name === group.TargetGroupArn || name === group.TargetGroupName),
    )
    .filter((group) => !balancer || group.LoadBalancerArns?.includes(balancer));
  if (found.length < new Set(named).size) {
    throw new AwsError('TargetGroupNotFoundException', 'One or more target groups not found');
  }
  const { items, nextToken } = elbPage(found, 'target-groups', input);
  return { TargetGroups: items, NextMarker: nextToken };
}

/** What a new target group of an application load balancer has; `DescribeTargetGroupAttributes` gives them all. */
const usualAttributes = {
  'stickiness.enabled': 'false',
  'deregistration_delay.timeout_seconds': '300',
  'load_balancing.algorithm.type': 'round_robin',
  'slow_start.duration_seconds': '0',
};

function describeTargetGroupAttributes(
  input: DescribeTargetGroupAttributesInput,
  { world }: Account,
): DescribeTargetGroupAttributesOutput {
  const arn = input.TargetGroupArn ?? '';
  findTargetGroup(world, arn);
  const attributes = { ...usualAttributes, ...world.targetGroupAttributes?.[arn] };
  return { Attributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })) };
}

function findTargetGroup({ targetGroups }: Account['world'], arn: string): void {
  if (targetGroups.some((group) => group.TargetGroupArn === arn)) return;
  throw new AwsError('TargetGroupNotFoundException', `Target groups '${arn}' not found`);
}

function describeTargetHealth(
  input: DescribeTargetHealthInput,
  { world }: Account,
): DescribeTargetHealthOutput {
  const arn = input.TargetGroupArn ?? '';
  findTargetGroup(world, arn);
  const told = world.targetHealth[arn] ?? [];
  const wantsAnomalies = input.Include?.some((part) => part === 'AnomalyDetection' || part === 'All');
  // Anomaly detection is answered only to those who ask for it.
  const registered = wantsAnomalies ? told : told.map(({ AnomalyDetection: _, ...rest }) => rest);
  if (!input.Targets?.length) return { TargetHealthDescriptions: registered };
  return { TargetHealthDescriptions: input.Targets.map((target) => healthOf(target, registered)) };
}

function healthOf(target: TargetDescription, registered: TargetHealthDescription[]): TargetHealthDescription {
  const known = registered.find(
    ({ Target: other }) =>
      other?.Id === target.Id && (target.Port === undefined || other?.Port === target.Port),
  );
  if (known) return known;
  const health = {
    State: 'unused',
    Reason: 'Target.NotRegistered',
    Description: 'Target is not registered to the target group',
  } as const;
  return { Target: target, TargetHealth: health };
}

export function refuseMany(named: readonly string[], what: string): void {
  if (named.length <= mostNamed) return;
  throw new AwsError('ValidationError', `You cannot describe more than '${mostNamed}' ${what} at a time`);
}

export function elbPage<T>(
  items: readonly T[],
  list: string,
  input: { Marker?: string; PageSize?: number },
): Page<T> {
  const size = input.PageSize ?? largestPage;
  if (size < 1)
    throw new AwsError(
      'ValidationError',
      validationMessage(size, 'pageSize', 'have value greater than or equal to 1'),
    );
  if (size > largestPage) {
    throw new AwsError(
      'ValidationError',
      validationMessage(size, 'pageSize', `have value less than or equal to ${largestPage}`),
    );
  }
  return pageOf(items, list, input.Marker, size, () => new AwsError('ValidationError', 'Invalid marker'));
}
