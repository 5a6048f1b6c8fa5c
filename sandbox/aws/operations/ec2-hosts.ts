import type {
  DescribeInstancesRequest,
  DescribeInstancesResult,
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../errors.ts';
import type { Account } from '../world.ts';
import { byId, filtered, page } from './ec2-lookup.ts';
import { type Operation, overWorld } from './operation.ts';

export const ec2HostOperations: Record<string, Operation> = {
  DescribeNetworkInterfaces: overWorld(describeNetworkInterfaces),
  DescribeInstances: overWorld(describeInstances),
};

function describeNetworkInterfaces(
  input: DescribeNetworkInterfacesRequest,
  { world }: Account,
): DescribeNetworkInterfacesResult {
  const named = byId(
    world.networkInterfaces ?? [],
    input.NetworkInterfaceIds,
    ({ NetworkInterfaceId }) => NetworkInterfaceId,
    (id) =>
      new AwsError('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`),
  );
  const found = filtered(named, input.Filters, {
    'network-interface-id': ({ NetworkInterfaceId }) => [NetworkInterfaceId],
    'subnet-id': ({ SubnetId }) => [SubnetId],
    'vpc-id': ({ VpcId }) => [VpcId],
    'group-id': ({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId),
    'attachment.instance-id': ({ Attachment }) => [Attachment?.InstanceId],
    'addresses.private-ip-address': ({ PrivateIpAddresses = [] }) =>
      PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress),
    'private-ip-address': ({ PrivateIpAddress }) => [PrivateIpAddress],
  });
  const { items, nextToken } = page(found, 'network interfaces', input);
  return { NetworkInterfaces: items, NextToken: nextToken };
}

/** Each instance in a reservation of its own, as instances that were launched one by one are. */
function describeInstances(input: DescribeInstancesRequest, { world }: Account): DescribeInstancesResult {
  const named = byId(
    world.instances ?? [],
    input.InstanceIds,
    ({ InstanceId }) => InstanceId,
    (id) => new AwsError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`),
  );
  const found = filtered(named, input.Filters, {
    'instance-id': ({ InstanceId }) => [InstanceId],
    'subnet-id': ({ SubnetId }) => [SubnetId],
    'vpc-id': ({ VpcId }) => [VpcId],
    'instance-state-name': ({ State }) => [State?.Name],
  });
  const { items, nextToken } = page(found, 'instances', input);
  return { Reservations: items.map((instance) => ({ Instances: [instance] })), NextToken: nextToken };
}
