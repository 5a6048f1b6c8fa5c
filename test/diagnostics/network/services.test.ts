import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { reach } from '#diagnostics/network/reach.ts';
import type { Destination } from '#diagnostics/network/topology.ts';
import { acl, type Case, groups, having, named, nat, said, subnets, tables, v6 } from './parts.ts';
import * as here from './vpc.ts';

const { endpoint, entry, everything, read, task, tcp, vpc } = here;
const ecr: Destination = { kind: 'aws', service: 'ecr.api', region: 'us-east-1' };
const s3: Destination = { kind: 'aws', service: 's3', region: 'us-east-1' };
const inPublic = { subnet: here.publicSubnet };

const policyOf = (action: string, more: object = {}) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: '*', ...more }],
  });

const partner = { DestinationCidrBlock: '203.0.113.0/24', GatewayId: 'vgw-0', State: 'active' } as const;

const toEcr: readonly Case[] = [
  ['by its endpoint', 'reachable by interface-endpoint', { ...having(), ...tables() }],
  [
    'by an endpoint, from a public subnet',
    'network-endpoint-ingress-blocked at sg-0endpoint',
    { ...having(), ...groups([everything], [tcp(443, { IpRanges: [{ CidrIp: '10.0.1.0/24' }] })]) },
    { ...inPublic, publicIpv4: true },
  ],
  [
    'by an endpoint that admits the subnet',
    'reachable by interface-endpoint',
    { ...having(), ...groups([everything], [tcp(443, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] })]) },
  ],
  [
    'by an endpoint that admits part of it',
    'open',
    { ...having(), ...groups([everything], [tcp(443, { IpRanges: [{ CidrIp: '10.0.1.0/25' }] })]) },
  ],
  [
    'by an endpoint on another port',
    'network-endpoint-ingress-blocked at sg-0endpoint',
    { ...having(), ...groups([everything], [tcp(80, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] })]) },
  ],
  [
    'by an endpoint, with egress to its group',
    'reachable by interface-endpoint',
    { ...having(), ...groups([tcp(443, { UserIdGroupPairs: [{ GroupId: 'sg-0endpoint' }] })]) },
  ],
  [
    'by an endpoint, with no egress to it',
    'network-egress-blocked at sg-0task',
    { ...having(), ...groups([tcp(443, { UserIdGroupPairs: [{ GroupId: 'sg-0other' }] })]) },
  ],
  [
    'by an endpoint whose ACL denies',
    'network-acl-blocked at acl-0own',
    { ...having(), ...acl(here.endpointSubnet, [entry(100, true)]) },
  ],
  [
    'by an endpoint with one interface beside it and one whose ACL denies',
    'open',
    {
      ...having({ SubnetIds: [here.privateSubnet, here.endpointSubnet] }),
      ...acl(here.endpointSubnet, [entry(100, true)]),
    },
  ],
  [
    'by an endpoint with its one interface beside it, whatever the ACL',
    'reachable by interface-endpoint',
    { ...having({ SubnetIds: [here.privateSubnet] }), ...acl(here.privateSubnet, []) },
  ],
  [
    'by an endpoint behind an appliance of the VPC',
    'open',
    {
      ...having(),
      ...tables(here.toNat, { DestinationCidrBlock: '10.0.2.0/24', NetworkInterfaceId: 'eni-0' }),
    },
  ],
  [
    'by an endpoint behind an appliance that is gone',
    'network-route-blackhole at rtb-0private',
    {
      ...having(),
      ...tables({ DestinationCidrBlock: '10.0.2.0/24', InstanceId: 'i-0', State: 'blackhole' }),
    },
  ],
  [
    'by an endpoint whose ACL was not read',
    'open',
    {
      ...having(),
      networkAcls: read([
        { NetworkAclId: 'a', Associations: [{ SubnetId: here.privateSubnet }], Entries: here.openAcl },
      ]),
    },
  ],
  [
    'by an endpoint without private DNS, with egress to nothing',
    'network-no-route at rtb-0private',
    { ...having({ PrivateDnsEnabled: false }), ...tables(), ...groups([]) },
  ],
  [
    'past a transit gateway that is gone',
    'network-no-route at rtb-0private',
    tables({ DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-0', State: 'blackhole' }),
  ],
  ['past a route for public addresses of a partner', 'reachable by nat-gateway', tables(here.toNat, partner)],
  [
    'past a route for public addresses of a partner, and a NAT gateway that failed',
    'open',
    { ...tables(here.toNat, partner), ...nat({ State: 'failed' }) },
  ],
  [
    'by IPv6 alone, as the agent does',
    'reachable by egress-only-gateway',
    {
      ...subnets(here.privateSubnet, { Ipv6Native: true }),
      ...tables({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-0', State: 'active' }),
      ...groups([{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }]),
      ...acl(here.privateSubnet, [entry(100, true, v6), entry(100, false, v6)]),
    },
  ],
  ['by routes for some public addresses alone', 'open', tables(partner)],
  [
    'by an endpoint that is rejected',
    'network-endpoint-unavailable at vpce-0one',
    { ...having({ State: 'Rejected' }), ...tables() },
  ],
  ['by an endpoint that is pending', 'open', having({ State: 'Pending' })],
  [
    'by an endpoint of another region',
    'network-no-route at rtb-0private',
    { ...having({ ServiceName: 'com.amazonaws.eu-west-1.ecr.api' }), ...tables() },
  ],
  [
    'by an endpoint of another name',
    'network-no-route at rtb-0private',
    { ...having({}, 'ecr.dkr'), ...tables() },
  ],
  ['with hostnames off', 'open', { ...having(), vpcDns: read({ support: true, hostnames: false }) }],
  [
    'with a resolver of its own',
    'open',
    {
      ...having(),
      dhcpOptions: read({
        DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: '10.0.0.9' }] }],
      }),
    },
  ],
  [
    'with a resolver of its own and no endpoint',
    'reachable by nat-gateway',
    {
      dhcpOptions: read({
        DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: '10.0.0.9' }] }],
      }),
    },
  ],
  ['with endpoints that may not be read', 'open', { endpoints: here.denied('ec2:DescribeVpcEndpoints') }],
  ['from a shared subnet', 'open', subnets(here.privateSubnet, { OwnerId: '999988887777' })],
  [
    'with a policy that allows it',
    'reachable by interface-endpoint',
    having({ PolicyDocument: policyOf('ecr:*') }),
  ],
  [
    'with a policy for something else',
    'network-endpoint-policy-denied at vpce-0one',
    having({ PolicyDocument: policyOf('ecr:Put*') }),
  ],
  [
    'with a policy on an unknown condition',
    'open',
    having({
      PolicyDocument: policyOf('ecr:*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    }),
  ],
];

describe('an AWS service', () => {
  const calls = [{ action: 'ecr:GetAuthorizationToken', resource: '*' }];

  it.each(toEcr.map(named))('is asked for $told: $expected', ({ expected, parts, of }) => {
    expect(said(reach(task(of), { ...ecr, calls }, vpc(parts)))).toBe(expected);
  });

  it('passes a policy that allows everything, whatever is asked', () => {
    expect(said(reach(task(), ecr, vpc(having({ PolicyDocument: policyOf('*') }))))).toContain('reachable');
    expect(said(reach(task(), ecr, vpc(having({ PolicyDocument: policyOf('ecr:*') }))))).toBe('open');
  });
});

const gateway: VpcEndpoint = {
  VpcEndpointType: 'Gateway',
  VpcEndpointId: 'vpce-0s3',
  RouteTableIds: ['rtb-0private'],
};
const toList = { DestinationPrefixListId: 'pl-0s3', GatewayId: 'vpce-0s3', State: 'active' } as const;

const toS3: readonly Case[] = [
  [
    'by its gateway endpoint',
    'reachable by gateway-endpoint',
    { ...having(gateway, 's3'), ...tables(toList) },
  ],
  [
    'by a gateway endpoint of another table',
    'network-no-route at rtb-0private',
    { ...having({ ...gateway, RouteTableIds: ['rtb-0main'] }, 's3'), ...tables() },
  ],
  [
    'with egress to the prefix list',
    'reachable by gateway-endpoint',
    {
      ...having(gateway, 's3'),
      ...tables(toList),
      ...groups([tcp(443, { PrefixListIds: [{ PrefixListId: 'pl-0s3' }] })]),
    },
  ],
  [
    'with egress to its addresses',
    'reachable by gateway-endpoint',
    {
      ...having(gateway, 's3'),
      ...tables(toList),
      ...groups([tcp(443, { IpRanges: [{ CidrIp: '52.0.0.0/8' }, { CidrIp: '3.0.0.0/8' }] })]),
    },
  ],
  [
    'with egress to the VPC alone',
    'network-egress-blocked at sg-0task',
    {
      ...having(gateway, 's3'),
      ...tables(toList),
      ...groups([tcp(443, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] })]),
    },
  ],
  [
    'with an ACL that knows only the VPC',
    'network-acl-blocked at acl-0own',
    {
      ...having(gateway, 's3'),
      ...tables(toList),
      ...acl(here.privateSubnet, [entry(100, true, { CidrBlock: '10.0.0.0/16' }), entry(100, false)]),
    },
  ],
  [
    'with a policy for one bucket',
    'network-endpoint-policy-denied at vpce-0s3',
    {
      ...having(
        { ...gateway, PolicyDocument: policyOf('s3:GetObject', { Resource: 'arn:aws:s3:::own/*' }) },
        's3',
      ),
      ...tables(toList),
    },
  ],
  ['by NAT', 'reachable by nat-gateway', {}],
];

describe('S3', () => {
  const calls = [{ action: 's3:GetObject', resource: 'arn:aws:s3:::prod-us-east-1-starport-layer-bucket/x' }];

  it.each(toS3.map(named))('is asked for $told: $expected', ({ expected, parts, of }) => {
    expect(said(reach(task(of), { ...s3, calls }, vpc(parts)))).toBe(expected);
  });

  it('leaves the VPC to the gateway endpoint where private DNS is for resolvers outside only', () => {
    const inbound = endpoint('s3', { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: true } });
    const both = { endpoints: read([inbound, endpoint('s3', gateway)]), ...tables(toList) };
    expect(said(reach(task(), s3, vpc(both)))).toBe('reachable by gateway-endpoint');
  });
});

describe('a registry that is named by its address of both families', () => {
  const hosts = [`1.dkr-ecr.${here.region}.on.aws`];
  const registry: Destination = { ...ecr, service: 'ecr.dkr', hosts, dualStack: true };
  const captured = having({}, 'ecr.dkr');

  it.each([
    ['goes past an endpoint, which has another name', 'reachable by nat-gateway', captured],
    [
      'is lost beside an endpoint without a way out',
      'network-no-route at rtb-0private',
      { ...captured, ...tables() },
    ],
    [
      'is lost beside an endpoint that is none any more, which is not to blame',
      'network-no-route at rtb-0private',
      { ...having({ State: 'Rejected' }, 'ecr.dkr'), ...tables() },
    ],
    [
      'is lost beside an endpoint without private DNS, for which no zone can stand in',
      'network-no-route at rtb-0private',
      { ...having({ PrivateDnsEnabled: false }, 'ecr.dkr'), ...tables() },
    ],
  ])('%s: %s', (_, expected, parts) => {
    expect(said(reach(task(), registry, vpc(parts)))).toBe(expected);
  });

  it('is told why its endpoint does not help', () => {
    expect(reach(task(), registry, vpc({ ...captured, ...tables() }))).toMatchObject({
      sentence: `subnet-0private has no route to ecr.dkr in us-east-1, and endpoints of ecr.dkr do not take ${hosts[0]}.`,
    });
  });
});
