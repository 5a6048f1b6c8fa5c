import type {
  ActivitiesType,
  AutoScalingGroupNamesType,
  AutoScalingGroupsType,
  DescribeScalingActivitiesType,
} from '@aws-sdk/client-auto-scaling';
import { AwsError, NotInSandbox } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

export const autoScalingOperations: Record<string, Operation> = {
  DescribeAutoScalingGroups: overWorld(describeGroups),
  DescribeScalingActivities: overWorld(describeActivities),
};

const usualPage = 50;
const largestPage = 100;

/** Names that do not exist are simply not found. */
function describeGroups(input: AutoScalingGroupNamesType, { world }: Account): AutoScalingGroupsType {
  if (input.Filters?.length) throw new NotInSandbox('filters of Auto Scaling groups');
  const names = input.AutoScalingGroupNames ?? [];
  const found = (world.autoScalingGroups ?? []).filter(
    ({ AutoScalingGroupName = '' }) => names.length === 0 || names.includes(AutoScalingGroupName),
  );
  const { items, nextToken } = page(found, `groups ${names}`, input.NextToken, input.MaxRecords ?? usualPage);
  return { AutoScalingGroups: items, NextToken: nextToken };
}

function describeActivities(input: DescribeScalingActivitiesType, { world }: Account): ActivitiesType {
  const name = input.AutoScalingGroupName;
  const known = (world.autoScalingGroups ?? []).some((group) => group.AutoScalingGroupName === name);
  if (name !== undefined && !known && !input.IncludeDeletedGroups) {
    throw new AwsError('ValidationError', `Group ${name} not found`);
  }
  const found = (world.scalingActivities ?? []).filter(
    (activity) =>
      (name === undefined || activity.AutoScalingGroupName === name) &&
      (!input.ActivityIds?.length || input.ActivityIds.includes(activity.ActivityId ?? '')),
  );
  const { items, nextToken } = page(
    found,
    `activities ${name}`,
    input.NextToken,
    input.MaxRecords ?? largestPage,
  );
  return { Activities: items, NextToken: nextToken };
}

function page<T>(items: readonly T[], list: string, token: string | undefined, size: number) {
  if (size < 1 || size > largestPage) {
    throw new AwsError('ValidationError', `MaxRecords must be between 1 and ${largestPage}`);
  }
  return pageOf(items, list, token, size, () => new AwsError('InvalidNextToken', 'The token is not valid.'));
}
