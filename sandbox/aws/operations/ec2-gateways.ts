import type {
  DescribeNatGatewaysRequest,
  DescribeNatGatewaysResult,
  DescribeVpcEndpointsRequest,
  DescribeVpcEndpointsResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../errors.ts';
import type { Account } from '../world.ts';
import { byId, filtered, page } from './ec2-lookup.ts';
import { type Operation, overWorld } from './operation.ts';

export const ec2GatewayOperations: Record<string, Operation> = {
  DescribeVpcEndpoints: overWorld(describeVpcEndpoints),
  DescribeNatGateways: overWorld(describeNatGateways),
};

function describeVpcEndpoints(
  input: DescribeVpcEndpointsRequest,
  { world }: Account,
): DescribeVpcEndpointsResult {
  const named = byId(
    world.vpcEndpoints ?? [],
    input.VpcEndpointIds,
    ({ VpcEndpointId }) => VpcEndpointId,
    (id) => new AwsError('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${id}' does not exist`),
  );
  const found = filtered(named, input.Filters, {
    'vpc-endpoint-id': ({ VpcEndpointId }) => [VpcEndpointId],
    'vpc-id': ({ VpcId }) => [VpcId],
    'service-name': ({ ServiceName }) => [ServiceName],
    'vpc-endpoint-type': ({ VpcEndpointType }) => [VpcEndpointType],
    // The filter takes the states in lower camel case, whatever case the answer has.
    'vpc-endpoint-state': ({ State = '' }) => [State, State.charAt(0).toLowerCase() + State.slice(1)],
  });
  const { items, nextToken } = page(found, 'vpc endpoints', input, { least: 1 });
  return { VpcEndpoints: items, NextToken: nextToken };
}

/** Unlike its siblings it calls its filters `Filter`; a gateway that was deleted stays in the answer for about an hour. */
function describeNatGateways(
  input: DescribeNatGatewaysRequest,
  { world }: Account,
): DescribeNatGatewaysResult {
  const named = byId(
    world.natGateways ?? [],
    input.NatGatewayIds,
    ({ NatGatewayId }) => NatGatewayId,
    (id) => new AwsError('NatGatewayNotFound', `NatGateway ${id} was not found`),
  );
  const found = filtered(named, input.Filter, {
    'nat-gateway-id': ({ NatGatewayId }) => [NatGatewayId],
    'subnet-id': ({ SubnetId }) => [SubnetId],
    'vpc-id': ({ VpcId }) => [VpcId],
    state: ({ State }) => [State],
  });
  const { items, nextToken } = page(found, 'nat gateways', input);
  return { NatGateways: items, NextToken: nextToken };
}
