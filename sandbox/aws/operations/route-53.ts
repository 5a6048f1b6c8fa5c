import type { ListHostedZonesByVPCRequest, ListHostedZonesByVPCResponse } from '@aws-sdk/client-route-53';
import { AwsError } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

export const hostedZoneOperations: Record<string, Operation> = {
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html
  ListHostedZonesByVPC: { ...overWorld(listHostedZonesByVpc), alsoNeeds: ['ec2:DescribeVpcs'] },
};

const pageAtMost = 100;

function listHostedZonesByVpc(
  input: ListHostedZonesByVPCRequest,
  { world, region }: Account,
): ListHostedZonesByVPCResponse {
  const { VPCId, VPCRegion, MaxItems = pageAtMost, NextToken } = input;
  const known = VPCRegion === region ? world.vpcs : world.otherRegions?.[VPCRegion ?? '']?.vpcs;
  if (!known?.some(({ VpcId }) => VpcId === VPCId))
    throw new AwsError('InvalidInput', `The VPC ${VPCId} in region ${VPCRegion} does not exist.`);
  const zones = (world.hostedZones ?? []).filter(({ vpcs }) =>
    vpcs.some((vpc) => vpc.VPCId === VPCId && vpc.VPCRegion === VPCRegion),
  );
  const page = pageOf(
    zones.map(({ zone }) => zone),
    `hosted zones ${VPCRegion} ${VPCId}`,
    NextToken,
    Math.min(MaxItems, pageAtMost),
    () => new AwsError('InvalidPaginationToken', 'The pagination token is not valid.'),
  );
  return { HostedZoneSummaries: page.items, MaxItems, NextToken: page.nextToken };
}
