import type {
  IpPermission,
  NetworkAclEntry,
  Route,
  RouteTable,
  Subnet,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { Origin, Topology } from '#diagnostics/network/topology.ts';

/** A VPC in which everything works: a private subnet behind NAT, a public one, and one for endpoints. */
export const region = 'us-east-1';
export const account = '111122223333';

export const privateSubnet = 'subnet-0private';
export const publicSubnet = 'subnet-0public';
export const endpointSubnet = 'subnet-0endpoints';

export function read<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function denied(missing: string) {
  return { ok: false, notChecked: { check: 'a part', missing, reason: 'AccessDenied' } } as const;
}

export const toInternet: Route = {
  DestinationCidrBlock: '0.0.0.0/0',
  GatewayId: 'igw-0main',
  State: 'active',
};
export const toNat: Route = { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-0main', State: 'active' };
export const local: Route = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' };

export function subnet(id: string, cidr: string, parts: Partial<Subnet> = {}): Subnet {
  return {
    SubnetId: id,
    VpcId: 'vpc-0main',
    CidrBlock: cidr,
    OwnerId: account,
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    ...parts,
  };
}

export function table(id: string, routes: Route[], subnets: string[], main = false): RouteTable {
  return {
    RouteTableId: id,
    VpcId: 'vpc-0main',
    Routes: [local, ...routes],
    Associations: [...subnets.map((SubnetId) => ({ SubnetId })), ...(main ? [{ Main: true }] : [])],
  };
}

export function entry(
  number: number,
  egress: boolean,
  parts: Partial<NetworkAclEntry> = {},
): NetworkAclEntry {
  return {
    RuleNumber: number,
    Egress: egress,
    Protocol: '-1',
    CidrBlock: '0.0.0.0/0',
    RuleAction: 'allow',
    ...parts,
  };
}

const last = { RuleAction: 'deny' } as const;
export const openAcl = [
  entry(100, true),
  entry(100, false),
  entry(32_767, true, last),
  entry(32_767, false, last),
];

export const everything: IpPermission = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

export function tcp(port: number, from: Partial<IpPermission>): IpPermission {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...from };
}

export function endpoint(service: string, parts: Partial<VpcEndpoint> = {}): VpcEndpoint {
  return {
    VpcEndpointId: 'vpce-0one',
    VpcEndpointType: 'Interface',
    VpcId: 'vpc-0main',
    ServiceName: `com.amazonaws.${region}.${service}`,
    State: 'Available',
    PrivateDnsEnabled: true,
    SubnetIds: [endpointSubnet],
    Groups: [{ GroupId: 'sg-0endpoint' }],
    ...parts,
  };
}

export function vpc(parts: Partial<Topology> = {}): Topology {
  return {
    account,
    region,
    subnets: read([
      subnet(privateSubnet, '10.0.1.0/24'),
      subnet(publicSubnet, '10.0.0.0/24'),
      subnet(endpointSubnet, '10.0.2.0/24'),
    ]),
    routeTables: read([
      table('rtb-0private', [toNat], [privateSubnet]),
      table('rtb-0public', [toInternet], [publicSubnet]),
      table('rtb-0main', [], [], true),
    ]),
    networkAcls: read([
      {
        NetworkAclId: 'acl-0main',
        Associations: [privateSubnet, publicSubnet, endpointSubnet].map((SubnetId) => ({ SubnetId })),
        Entries: openAcl,
      },
    ]),
    securityGroups: read([
      { GroupId: 'sg-0task', IpPermissions: [], IpPermissionsEgress: [everything] },
      {
        GroupId: 'sg-0endpoint',
        IpPermissions: [tcp(443, { UserIdGroupPairs: [{ GroupId: 'sg-0task' }] })],
        IpPermissionsEgress: [],
      },
    ]),
    endpoints: read([]),
    natGateways: read([
      {
        NatGatewayId: 'nat-0main',
        State: 'available',
        ConnectivityType: 'public',
        SubnetId: publicSubnet,
        VpcId: 'vpc-0main',
      },
    ]),
    prefixLists: { 'pl-0s3': read([{ Cidr: '52.216.0.0/15' }, { Cidr: '3.5.0.0/19' }]) },
    vpcDns: read({ support: true, hostnames: true }),
    dhcpOptions: read({
      DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] }],
    }),
    hostedZones: read([]),
    blockPublicAccess: read({ InternetGatewayBlockMode: 'off' }),
    ...parts,
  };
}

export function task(parts: Partial<Origin> = {}): Origin {
  return {
    subnet: privateSubnet,
    securityGroups: ['sg-0task'],
    publicIpv4: false,
    ipv6: false,
    networkMode: 'awsvpc',
    onInstance: false,
    ...parts,
  };
}
