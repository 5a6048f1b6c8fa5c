import type {
  NatGateway,
  NetworkAcl,
  NetworkAclEntry,
  Route,
  RouteTable,
  SecurityGroup,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { Place } from '../incident.ts';
import { between, digits, hex } from './seeded.ts';

/** The parts of a VPC, each as EC2 describes it. */

export function local(range: string): Route {
  return { DestinationCidrBlock: range, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' };
}

export function tableOf(
  place: Place,
  vpc: string,
  id: string,
  subnets: readonly string[],
  routes: readonly Route[],
): RouteTable {
  return {
    RouteTableId: id,
    VpcId: vpc,
    OwnerId: place.account,
    Associations: subnets.map((SubnetId) => ({
      Main: false,
      RouteTableAssociationId: `rtbassoc-0${hex(`${id} ${SubnetId}`, 16)}`,
      RouteTableId: id,
      SubnetId,
      AssociationState: { State: 'associated' },
    })),
    PropagatingVgws: [],
    Routes: [...routes],
    Tags: [],
  };
}

export function mainTableOf(place: Place, vpc: string, id: string, routes: readonly Route[]): RouteTable {
  return {
    ...tableOf(place, vpc, id, [], routes),
    Associations: [
      {
        Main: true,
        RouteTableAssociationId: `rtbassoc-0${hex(`${id} main`, 16)}`,
        RouteTableId: id,
        AssociationState: { State: 'associated' },
      },
    ],
  };
}

/** What a network ACL says of itself: everything passes at 100, and what no rule names is refused. */
export const openEntries: readonly NetworkAclEntry[] = [true, false].flatMap((Egress) => [
  { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1', RuleAction: 'allow', RuleNumber: 100 },
  { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1', RuleAction: 'deny', RuleNumber: 32767 },
]);

export function aclOf(
  place: Place,
  vpc: string,
  id: string,
  subnets: readonly string[],
  entries: readonly NetworkAclEntry[],
): NetworkAcl {
  return {
    NetworkAclId: id,
    VpcId: vpc,
    OwnerId: place.account,
    IsDefault: entries === openEntries,
    Associations: subnets.map((SubnetId) => ({
      NetworkAclAssociationId: `aclassoc-0${hex(`${id} ${SubnetId}`, 16)}`,
      NetworkAclId: id,
      SubnetId,
    })),
    Entries: [...entries],
    Tags: [],
  };
}

export function natOf(vpc: string, id: string, subnet: string, seed: string): NatGateway {
  return {
    NatGatewayId: id,
    VpcId: vpc,
    SubnetId: subnet,
    State: 'available',
    ConnectivityType: 'public',
    CreateTime: new Date('2024-03-11T08:52:10.000Z'),
    NatGatewayAddresses: [
      {
        AllocationId: `eipalloc-0${hex(`${seed} address`, 16)}`,
        NetworkInterfaceId: `eni-0${hex(`${seed} interface`, 16)}`,
        PublicIp: `52.${between(`${seed} b`, 1, 90)}.${between(`${seed} c`, 1, 250)}.${digits(seed, 2)}`,
        IsPrimary: true,
        Status: 'succeeded',
      },
    ],
    Tags: [],
  };
}

/** The policy that an endpoint has where nobody gave it another. */
export const openPolicy = JSON.stringify({
  Version: '2008-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

export function s3Gateway(
  place: Place,
  vpc: string,
  id: string,
  tables: readonly string[],
  policy: string = openPolicy,
): VpcEndpoint {
  return {
    VpcEndpointId: id,
    VpcEndpointType: 'Gateway',
    VpcId: vpc,
    ServiceName: `com.amazonaws.${place.region}.s3`,
    // EC2 answers in lower case, whatever its model says.
    State: 'available' as 'Available',
    PolicyDocument: policy,
    RouteTableIds: [...tables],
    SubnetIds: [],
    Groups: [],
    PrivateDnsEnabled: false,
    RequesterManaged: false,
    NetworkInterfaceIds: [],
    DnsEntries: [],
    CreationTimestamp: new Date('2024-03-11T09:01:31.000Z'),
    OwnerId: place.account,
    Tags: [],
  };
}

interface InterfaceStory {
  vpc: string;
  /** As in the name of the endpoint: `ecr.api`. */
  service: string;
  subnets: readonly string[];
  group: SecurityGroup;
  policy?: string | undefined;
  privateDns?: boolean | undefined;
}

/** An interface endpoint that takes the service's own name, unless its private DNS is off. */
export function interfaceEndpoint(place: Place, story: InterfaceStory): VpcEndpoint {
  const { vpc, service, subnets, group, policy = openPolicy, privateDns = true } = story;
  const id = `vpce-0${hex(`${vpc} ${service}`, 16)}`;
  const { GroupId, GroupName } = group;
  return {
    ...s3Gateway(place, vpc, id, [], policy),
    VpcEndpointType: 'Interface',
    ServiceName: `com.amazonaws.${place.region}.${service}`,
    SubnetIds: [...subnets],
    Groups: [{ GroupId, GroupName }],
    IpAddressType: 'ipv4',
    DnsOptions: { DnsRecordIpType: 'ipv4' },
    PrivateDnsEnabled: privateDns,
    NetworkInterfaceIds: subnets.map((subnet) => `eni-0${hex(`${id} ${subnet}`, 16)}`),
  };
}
