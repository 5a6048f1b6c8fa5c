import type {
  DescribeInstanceTypesRequest,
  DescribeInstanceTypesResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../errors.ts';
import type { Account } from '../world.ts';
import { byId, filtered, page } from './ec2-lookup.ts';
import { type Operation, overWorld } from './operation.ts';

// IAM knows none of EC2's Describe actions by resource.
export const ec2NetworkOperations: Record<string, Operation> = {
  DescribeSubnets: overWorld(describeSubnets),
  DescribeSecurityGroups: overWorld(describeSecurityGroups),
  DescribeInstanceTypes: overWorld(describeInstanceTypes),
};

function describeSubnets(input: DescribeSubnetsRequest, { world }: Account): DescribeSubnetsResult {
  const subnets = world.subnets ?? [];
  const named = byId(
    subnets,
    input.SubnetIds,
    ({ SubnetId }) => SubnetId,
    (id) => new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`),
  );
  const found = filtered(named, input.Filters, {
    'subnet-id': ({ SubnetId }) => [SubnetId],
    'vpc-id': ({ VpcId }) => [VpcId],
    'availability-zone': ({ AvailabilityZone }) => [AvailabilityZone],
  });
  const { items, nextToken } = page(found, 'subnets', input);
  return { Subnets: items, NextToken: nextToken };
}

function describeSecurityGroups(
  input: DescribeSecurityGroupsRequest,
  { world }: Account,
): DescribeSecurityGroupsResult {
  const groups = world.securityGroups ?? [];
  const named = byId(
    groups,
    input.GroupIds,
    ({ GroupId }) => GroupId,
    (id) => new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`),
  );
  const found = filtered(named, input.Filters, {
    'group-id': ({ GroupId }) => [GroupId],
    'group-name': ({ GroupName }) => [GroupName],
    'vpc-id': ({ VpcId }) => [VpcId],
  });
  const { items, nextToken } = page(found, 'security groups', input);
  return { SecurityGroups: items, NextToken: nextToken };
}

function describeInstanceTypes(
  input: DescribeInstanceTypesRequest,
  { world }: Account,
): DescribeInstanceTypesResult {
  const types = byId(
    world.instanceTypes ?? [],
    input.InstanceTypes,
    ({ InstanceType }) => InstanceType,
    (id) =>
      new AwsError('InvalidInstanceType', `The following supplied instance types do not exist: [${id}]`),
  );
  const { items, nextToken } = page(types, 'instance types', input);
  return { InstanceTypes: items, NextToken: nextToken };
}
