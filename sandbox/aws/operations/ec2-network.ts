import type {
  DescribeInstanceTypesRequest,
  DescribeInstanceTypesResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  Filter,
} from '@aws-sdk/client-ec2';
import { AwsError, NotInSandbox } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

// IAM knows none of EC2's Describe actions by resource.
export const ec2NetworkOperations: Record<string, Operation> = {
  DescribeSubnets: overWorld(describeSubnets),
  DescribeSecurityGroups: overWorld(describeSecurityGroups),
  DescribeInstanceTypes: overWorld(describeInstanceTypes),
};

const largestPage = 1000;

/** The fields that a filter may name, each with the values that an item has there. */
type Fields<T> = Record<string, (item: T) => readonly (string | undefined)[]>;

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

/** Ids that do not exist fail the whole call; names in a filter that do not exist are simply not found. */
function byId<T>(
  items: readonly T[],
  ids: readonly string[] | undefined,
  idOf: (item: T) => string | undefined,
  missing: (id: string) => AwsError,
): readonly T[] {
  if (!ids?.length) return items;
  return ids.map((id) => {
    const found = items.find((item) => idOf(item) === id);
    if (!found) throw missing(id);
    return found;
  });
}

function filtered<T>(items: readonly T[], filters: readonly Filter[] | undefined, fields: Fields<T>): T[] {
  return (filters ?? []).reduce<T[]>(
    (kept, { Name = '', Values = [] }) => {
      const field = fields[Name];
      if (!field) throw new NotInSandbox(`the filter ${Name}`);
      return kept.filter((item) =>
        field(item).some((value) => value !== undefined && Values.includes(value)),
      );
    },
    [...items],
  );
}

function page<T>(items: readonly T[], list: string, input: { NextToken?: string; MaxResults?: number }) {
  return pageOf(
    items,
    list,
    input.NextToken,
    input.MaxResults ?? largestPage,
    () => new AwsError('InvalidNextToken', 'The token is not valid.'),
  );
}
