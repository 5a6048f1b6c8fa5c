import type { NetworkAcl, RouteTable, SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import { type Family, type Span, spansOf } from './prefixes.ts';
import { type Open, open, unread } from './steps.ts';
import type { Origin, Topology } from './topology.ts';

/** Looks things up in what was read. Whatever is missing is an open answer, with its reason. */

export function subnetOf(topology: Topology, id: string): Subnet | Open {
  const { subnets } = topology;
  if (!subnets?.ok) return unread('the subnet', subnets);
  const found = subnets.value.find(({ SubnetId }) => SubnetId === id);
  return found ?? open(`subnet ${id} is not among those that were read`, `whether ${id} still exists`);
}

/** The table that a subnet is explicitly associated with, else the main one of its VPC. */
export function tableOf(topology: Topology, subnet: Subnet): RouteTable | Open {
  const { routeTables } = topology;
  if (!routeTables?.ok) return unread('the route table', routeTables);
  const ofVpc = routeTables.value.filter(({ VpcId }) => VpcId === undefined || VpcId === subnet.VpcId);
  const explicit = ofVpc.find(({ Associations = [] }) =>
    Associations.some(
      ({ SubnetId, AssociationState }) =>
        SubnetId === subnet.SubnetId && (AssociationState?.State ?? 'associated').startsWith('associat'),
    ),
  );
  const main = ofVpc.find(({ Associations = [] }) => Associations.some(({ Main }) => Main === true));
  return (
    explicit ??
    main ??
    open(`the route table of ${subnet.SubnetId} is not known`, 'the main route table of the VPC')
  );
}

export function aclOf(topology: Topology, subnet: string): NetworkAcl | Open {
  const { networkAcls } = topology;
  if (!networkAcls?.ok) return unread('the network ACL', networkAcls);
  const found = networkAcls.value.find(({ Associations = [] }) =>
    Associations.some(({ SubnetId }) => SubnetId === subnet),
  );
  return found ?? open(`the network ACL of ${subnet} was not read`, `the network ACL of ${subnet}`);
}

export function groupOf(topology: Topology, id: string): SecurityGroup | Open {
  const { securityGroups } = topology;
  if (!securityGroups?.ok) return unread('the security groups', securityGroups);
  const found = securityGroups.value.find(({ GroupId }) => GroupId === id);
  return found ?? open(`security group ${id} was not read`, `the rules of ${id}`);
}

/** Narrows what was looked up to what was not found. */
export function isOpen(value: object): value is Open {
  return 'state' in value && value.state === 'open' && 'decide' in value;
}

/** Addresses that an interface in this subnet can have. */
export function addressesOf(subnet: Subnet, family: Family): Span[] {
  if (family === 4) return spansOf([subnet.Ipv6Native === true ? undefined : subnet.CidrBlock]);
  return spansOf(
    (subnet.Ipv6CidrBlockAssociationSet ?? [])
      .filter(({ Ipv6CidrBlockState }) => (Ipv6CidrBlockState?.State ?? 'associated') === 'associated')
      .map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
  );
}

/** Addresses that the origin has: its own one where that is known. */
export function ownAddresses(origin: Origin, subnet: Subnet, family: Family): Span[] {
  const own = family === 4 && origin.address !== undefined ? spansOf([origin.address]) : [];
  return own.length > 0 ? own : addressesOf(subnet, family);
}

/** A subnet of another account is shared: what its owner put into the VPC cannot be seen from here. */
export function isShared({ account }: Topology, { OwnerId }: Subnet): boolean {
  return OwnerId !== undefined && OwnerId !== account;
}
