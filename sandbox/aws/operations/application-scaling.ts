import type {
  DescribeScalableTargetsRequest,
  DescribeScalableTargetsResponse,
  DescribeScalingActivitiesRequest,
  DescribeScalingActivitiesResponse,
  DescribeScalingPoliciesRequest,
  DescribeScalingPoliciesResponse,
} from '@aws-sdk/client-application-auto-scaling';
import { AwsError, validationMessage } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

// IAM names no resource of a scalable target when it refuses to describe one that was asked for by its resource id.
export const applicationScalingOperations: Record<string, Operation> = {
  DescribeScalableTargets: overWorld(describeTargets),
  DescribeScalingPolicies: overWorld(describePolicies),
  DescribeScalingActivities: overWorld(describeActivities),
};

const largestPage = 50;
const largestPolicyPage = 10;

/** What is not registered is simply not there. */
function describeTargets(
  input: DescribeScalableTargetsRequest,
  { world }: Account,
): DescribeScalableTargetsResponse {
  const ids = input.ResourceIds ?? [];
  const found = ofNamespace(world.scalableTargets ?? [], input).filter(
    ({ ResourceId = '' }) => ids.length === 0 || ids.includes(ResourceId),
  );
  const { items, nextToken } = page(found, `targets ${ids}`, input, largestPage);
  return { ScalableTargets: items, NextToken: nextToken };
}

function describePolicies(
  input: DescribeScalingPoliciesRequest,
  { world }: Account,
): DescribeScalingPoliciesResponse {
  const found = ofNamespace(world.scalingPolicies ?? [], input).filter(
    ({ ResourceId, PolicyName = '' }) =>
      (input.ResourceId === undefined || ResourceId === input.ResourceId) &&
      (!input.PolicyNames?.length || input.PolicyNames.includes(PolicyName)),
  );
  const { items, nextToken } = page(found, `policies ${input.ResourceId}`, input, largestPolicyPage);
  return { ScalingPolicies: items, NextToken: nextToken };
}

/** Newest first. An activity that did not scale is told only to those who ask for such. */
function describeActivities(
  input: DescribeScalingActivitiesRequest,
  { world }: Account,
): DescribeScalingActivitiesResponse {
  const found = ofNamespace(world.serviceScalingActivities ?? [], input)
    .filter(({ ResourceId }) => input.ResourceId === undefined || ResourceId === input.ResourceId)
    .filter(({ NotScaledReasons }) => input.IncludeNotScaledActivities || !NotScaledReasons?.length)
    .toSorted((a, b) => (b.StartTime?.getTime() ?? 0) - (a.StartTime?.getTime() ?? 0));
  const { items, nextToken } = page(found, `activities ${input.ResourceId}`, input, largestPage);
  return { ScalingActivities: items, NextToken: nextToken };
}

interface Asked {
  ServiceNamespace: string | undefined;
  ScalableDimension?: string | undefined;
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

function ofNamespace<
  T extends { ServiceNamespace: string | undefined; ScalableDimension: string | undefined },
>(all: readonly T[], { ServiceNamespace, ScalableDimension }: Asked): T[] {
  if (ServiceNamespace === undefined)
    throw new AwsError('ValidationException', validationMessage('null', 'serviceNamespace', 'not be null'));
  return all.filter(
    (each) =>
      each.ServiceNamespace === ServiceNamespace &&
      (ScalableDimension === undefined || each.ScalableDimension === ScalableDimension),
  );
}

function page<T>(items: readonly T[], list: string, { NextToken, MaxResults }: Asked, largest: number) {
  return pageOf(
    items,
    list,
    NextToken,
    Math.min(MaxResults ?? largest, largest),
    () => new AwsError('InvalidNextTokenException', 'The token is not valid.'),
  );
}
