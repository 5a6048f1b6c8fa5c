import type {
  DescribeDhcpOptionsRequest,
  DescribeDhcpOptionsResult,
  DescribeVpcAttributeRequest,
  DescribeVpcAttributeResult,
  DescribeVpcBlockPublicAccessOptionsRequest,
  DescribeVpcBlockPublicAccessOptionsResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../errors.ts';
import type { Account } from '../world.ts';
import { byId, filtered, page } from './ec2-lookup.ts';
import { type Operation, overWorld } from './operation.ts';

export const ec2VpcOperations: Record<string, Operation> = {
  DescribeVpcs: overWorld(describeVpcs),
  DescribeVpcAttribute: overWorld(
    describeVpcAttribute,
    ({ VpcId }, { region, id }) => `arn:aws:ec2:${region}:${id}:vpc/${VpcId}`,
  ),
  DescribeDhcpOptions: overWorld(describeDhcpOptions),
  DescribeVpcBlockPublicAccessOptions: overWorld(describeVpcBlockPublicAccessOptions),
};

function describeVpcs(input: DescribeVpcsRequest, { world }: Account): DescribeVpcsResult {
  const named = byId(world.vpcs ?? [], input.VpcIds, ({ VpcId }) => VpcId, unknownVpc);
  const found = filtered(named, input.Filters, {
    'vpc-id': ({ VpcId }) => [VpcId],
    'dhcp-options-id': ({ DhcpOptionsId }) => [DhcpOptionsId],
    'is-default': ({ IsDefault = false }) => [String(IsDefault)],
  });
  const { items, nextToken } = page(found, 'vpcs', input);
  return { Vpcs: items, NextToken: nextToken };
}

/** One attribute a call. A VPC of another account, shared or not, has no attributes to ask for. */
function describeVpcAttribute(
  { VpcId = '', Attribute }: DescribeVpcAttributeRequest,
  { world, id }: Account,
): DescribeVpcAttributeResult {
  const vpc = world.vpcs?.find((known) => known.VpcId === VpcId && (known.OwnerId ?? id) === id);
  if (!vpc) throw unknownVpc(VpcId);
  const told = world.vpcAttributes?.[VpcId] ?? {};
  if (Attribute === 'enableDnsSupport')
    return { VpcId, EnableDnsSupport: { Value: told.enableDnsSupport ?? true } };
  if (Attribute === 'enableDnsHostnames')
    return { VpcId, EnableDnsHostnames: { Value: told.enableDnsHostnames ?? true } };
  if (Attribute === 'enableNetworkAddressUsageMetrics')
    return { VpcId, EnableNetworkAddressUsageMetrics: { Value: false } };
  throw new AwsError('InvalidParameterValue', `Value (${Attribute}) for parameter attribute is invalid.`);
}

function describeDhcpOptions(
  input: DescribeDhcpOptionsRequest,
  { world }: Account,
): DescribeDhcpOptionsResult {
  const named = byId(
    world.dhcpOptions ?? [],
    input.DhcpOptionsIds,
    ({ DhcpOptionsId }) => DhcpOptionsId,
    (id) => new AwsError('InvalidDhcpOptionID.NotFound', `The dhcpOption ID '${id}' does not exist`),
  );
  const found = filtered(named, input.Filters, { 'dhcp-options-id': ({ DhcpOptionsId }) => [DhcpOptionsId] });
  const { items, nextToken } = page(found, 'dhcp options', input);
  return { DhcpOptions: items, NextToken: nextToken };
}

function describeVpcBlockPublicAccessOptions(
  _input: DescribeVpcBlockPublicAccessOptionsRequest,
  { world, id, region }: Account,
): DescribeVpcBlockPublicAccessOptionsResult {
  return {
    VpcBlockPublicAccessOptions: world.publicAccessBlock ?? {
      AwsAccountId: id,
      AwsRegion: region,
      State: 'default-state',
      InternetGatewayBlockMode: 'off',
      ExclusionsAllowed: 'allowed',
      ManagedBy: 'account',
    },
  };
}

function unknownVpc(id: string): AwsError {
  return new AwsError('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`);
}
