import { describe, expect, it } from 'vitest';
import { reach } from '#diagnostics/network/reach.ts';
import type { Destination, Topology } from '#diagnostics/network/topology.ts';
import { acl, type Case, groups, named, nat, only, said, subnets, tables, tgw, v6 } from './parts.ts';
import * as here from './vpc.ts';

const { entry, read, table, task, tcp, vpc } = here;
const host: Destination = { kind: 'internet', host: 'registry-1.docker.io', port: 443 };
const inPublic = { subnet: here.publicSubnet };
const six: Partial<Topology> = {
  ...tables({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-0', State: 'active' }),
  ...groups([{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }]),
  ...acl(here.privateSubnet, [entry(100, true, v6), entry(100, false, v6)]),
};
const everySubnet = (Entries: ReturnType<typeof entry>[]) => ({
  NetworkAclId: 'acl-0all',
  Associations: [here.privateSubnet, here.publicSubnet].map((SubnetId) => ({ SubnetId })),
  Entries,
});

const toHost: readonly Case[] = [
  ['by a NAT gateway of another zone', 'reachable by nat-gateway', {}],
  ['by a public address', 'reachable by internet-gateway', {}, { ...inPublic, publicIpv4: true }],
  ['without a public address', 'network-no-public-ip at subnet-0public', {}, inPublic],
  ['with an address nobody knows', 'open', {}, { ...inPublic, publicIpv4: undefined }],
  [
    'as an awsvpc task on an instance',
    'network-no-public-ip at subnet-0public',
    {},
    { ...inPublic, publicIpv4: true, onInstance: true },
  ],
  [
    'on an instance with a public address',
    'reachable by internet-gateway',
    {},
    { ...inPublic, publicIpv4: true, onInstance: true, networkMode: 'host' },
  ],
  ['without a route', 'network-no-route at rtb-0private', tables()],
  ['by the main table without a route', 'network-no-route at rtb-0main', {}, { subnet: here.endpointSubnet }],
  ['by a table that was not found', 'open', { routeTables: read([]) }],
  [
    'into a blackhole',
    'network-route-blackhole at rtb-0private',
    tables({ ...here.toNat, State: 'blackhole' }),
  ],
  ['by a transit gateway', 'open', tables(tgw)],
  ['by an appliance', 'open', tables({ DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId: 'eni-0' })],
  [
    'by a gateway load balancer endpoint',
    'open',
    tables({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'vpce-0gwlb' }),
  ],
  [
    'by NAT beside a private transit route',
    'reachable by nat-gateway',
    tables(here.toNat, { ...tgw, DestinationCidrBlock: '10.0.0.0/8' }),
  ],
  ['partly by a transit gateway', 'open', tables(here.toNat, { ...tgw, DestinationCidrBlock: '52.0.0.0/8' })],
  [
    'by a list that was not read',
    'open',
    tables(here.toNat, { DestinationPrefixListId: 'pl-0own', TransitGatewayId: 'tgw-0' }),
  ],
  ['by a NAT gateway that failed', 'network-nat-unavailable at nat-0main', nat({ State: 'failed' })],
  ['by a NAT gateway that is being made', 'open', nat({ State: 'pending' })],
  ['by a private NAT gateway', 'network-nat-private at nat-0main', nat({ ConnectivityType: 'private' })],
  [
    'by a NAT gateway in a private subnet',
    'network-nat-no-internet at nat-0main',
    nat({ SubnetId: here.endpointSubnet }),
  ],
  [
    'by a regional NAT gateway whose table was not read',
    'open',
    nat({ SubnetId: undefined, RouteTableId: 'rtb-0nat' }),
  ],
  [
    'by a regional NAT gateway',
    'reachable by nat-gateway',
    nat({ SubnetId: undefined, RouteTableId: 'rtb-0public' }),
  ],
  ['by a NAT gateway that may not be read', 'open', { natGateways: here.denied('ec2:DescribeNatGateways') }],
  [
    'with egress to 443 alone',
    'reachable by nat-gateway',
    groups([tcp(443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })]),
  ],
  [
    'with egress in two halves',
    'reachable by nat-gateway',
    groups([tcp(443, { IpRanges: [{ CidrIp: '0.0.0.0/1' }, { CidrIp: '128.0.0.0/1' }] })]),
  ],
  [
    'with egress to private addresses',
    'network-egress-blocked at sg-0task',
    groups([{ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }]),
  ],
  [
    'with egress to some public addresses',
    'open',
    groups([tcp(443, { IpRanges: [{ CidrIp: '52.0.0.0/8' }] })]),
  ],
  [
    'with egress by UDP',
    'network-egress-blocked at sg-0task',
    groups([{ IpProtocol: 'udp', FromPort: 0, ToPort: 65_535, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]),
  ],
  ['with no egress rule', 'network-egress-blocked at sg-0task', groups([])],
  ['with a group that was not read', 'open', { securityGroups: read([]) }],
  ['with egress emptied and no route', 'network-no-route at rtb-0private', { ...groups([]), ...tables() }],
  [
    'with an ACL that lets no replies in',
    'network-acl-blocked at acl-0own',
    acl(here.privateSubnet, [entry(100, true), entry(100, false, only(443, 443))]),
  ],
  [
    'with an ACL for the replies Linux expects',
    'reachable by nat-gateway',
    acl(here.privateSubnet, [entry(100, true), entry(100, false, only(32_768, 65_535))]),
  ],
  [
    'with an ACL for some replies',
    'open',
    acl(here.privateSubnet, [entry(100, true), entry(100, false, only(49_152, 65_535))]),
  ],
  [
    'with a deny under a higher number',
    'reachable by nat-gateway',
    acl(here.privateSubnet, [...here.openAcl, entry(200, true, { RuleAction: 'deny' })]),
  ],
  [
    'with a deny under a lower number',
    'network-acl-blocked at acl-0own',
    acl(here.privateSubnet, [...here.openAcl, entry(90, true, { RuleAction: 'deny', ...only(443, 443) })]),
  ],
  [
    'with an ACL that keeps attackers out',
    'reachable by nat-gateway',
    acl(here.privateSubnet, [
      ...here.openAcl,
      ...[true, false].map((egress) =>
        entry(50, egress, { RuleAction: 'deny', CidrBlock: '198.51.100.0/24' }),
      ),
    ]),
  ],
  [
    'with an ACL that keeps a quarter of the internet out',
    'open',
    acl(here.privateSubnet, [
      ...here.openAcl,
      entry(50, true, { RuleAction: 'deny', CidrBlock: '0.0.0.0/2' }),
    ]),
  ],
  [
    'with an ACL of the NAT gateway that denies',
    'network-acl-blocked at acl-0own',
    acl(here.publicSubnet, [entry(100, false)]),
  ],
  [
    'with an ACL of the NAT gateway that takes in replies alone',
    'network-acl-blocked at acl-0own',
    acl(here.publicSubnet, [entry(100, true), entry(100, false, only(1024, 65_535))]),
  ],
  [
    'with an ACL of the NAT gateway for half of the ports that it sends from',
    'open',
    acl(here.publicSubnet, [
      entry(100, true),
      entry(100, false, only(32_768, 65_535)),
      entry(110, false, only(443, 443)),
    ]),
  ],
  [
    'with an ACL of the NAT gateway for the replies that Linux expects, back to the private subnet',
    'reachable by nat-gateway',
    acl(here.publicSubnet, [
      entry(90, true, { ...only(32_768, 60_999), CidrBlock: '10.0.1.0/24' }),
      entry(95, true, { CidrBlock: '10.0.1.0/24', RuleAction: 'deny' }),
      ...here.openAcl,
    ]),
  ],
  [
    'with an ACL of the NAT gateway that does not answer the private subnet',
    'network-acl-blocked at acl-0own',
    acl(here.publicSubnet, [
      entry(50, true, { RuleAction: 'deny', CidrBlock: '10.0.1.0/24' }),
      ...here.openAcl,
    ]),
  ],
  [
    'with an ACL of the NAT gateway for the private subnets',
    'reachable by nat-gateway',
    acl(here.publicSubnet, [
      entry(100, true),
      entry(100, false, only(1024, 65_535)),
      entry(110, false, { ...only(443, 443), CidrBlock: '10.0.0.0/16' }),
    ]),
  ],
  [
    'with an ACL of the NAT gateway for half of the private subnet',
    'open',
    acl(here.publicSubnet, [
      entry(100, true),
      entry(100, false, only(1024, 65_535)),
      entry(110, false, { ...only(443, 443), CidrBlock: '10.0.1.0/25' }),
    ]),
  ],
  ['with ACLs that may not be read', 'open', { networkAcls: here.denied('ec2:DescribeNetworkAcls') }],
  [
    'with public access blocked at the NAT gateway',
    'network-public-access-blocked at subnet-0public',
    subnets(here.publicSubnet, {
      BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-bidirectional' },
    }),
  ],
  [
    'with ingress blocked, by NAT',
    'reachable by nat-gateway',
    subnets(here.publicSubnet, { BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-ingress' } }),
  ],
  [
    'with ingress blocked, by a public address',
    'network-public-access-blocked at subnet-0public',
    subnets(here.publicSubnet, { BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-ingress' } }),
    { ...inPublic, publicIpv4: true },
  ],
  [
    'with public access blocked and exclusions unread',
    'open',
    {
      ...subnets(here.publicSubnet, { BlockPublicAccessStates: undefined }),
      blockPublicAccess: read({
        InternetGatewayBlockMode: 'block-bidirectional',
        ExclusionsAllowed: 'allowed',
      }),
    },
  ],
  [
    'from a subnet of IPv6 alone',
    'network-ipv4-missing at subnet-0private',
    subnets(here.privateSubnet, { Ipv6Native: true }),
  ],
  ['with DNS support off', 'open', { vpcDns: read({ support: false, hostnames: false }) }],
];

describe('a host on the internet', () => {
  it.each(toHost.map(named))('is asked for $told: $expected', ({ expected, parts, of }) => {
    expect(said(reach(task(of), host, vpc(parts)))).toBe(expected);
  });

  it.each([
    ['of both families, from an interface of both', true, true, 'reachable by egress-only-gateway'],
    ['of both families, from an interface that may have both', true, undefined, 'open'],
    ['of both families, from an interface of IPv4', true, false, 'network-no-route at rtb-0private'],
    ['of families that are not known, from an interface of both', undefined, true, 'open'],
    ['of IPv4 alone', false, true, 'network-no-route at rtb-0private'],
  ])('%s is asked for where only IPv6 has a way out', (_, dualStack, ipv6, expected) => {
    const to: Destination = { ...host, ...(dualStack !== undefined && { dualStack }) };
    expect(said(reach(task({ ipv6 }), to, vpc(six)))).toBe(expected);
  });

  it.each([
    ['of both families', true, 'reachable by egress-only-gateway'],
    ['of families that are not known', undefined, 'open'],
    ['of IPv4 alone', false, 'network-ipv4-missing at subnet-0private'],
  ])('%s is asked for from a subnet of IPv6 alone', (_, dualStack, expected) => {
    const to: Destination = { ...host, ...(dualStack !== undefined && { dualStack }) };
    const native = subnets(here.privateSubnet, { Ipv6Native: true });
    expect(said(reach(task({ ipv6: true }), to, vpc({ ...six, ...native })))).toBe(expected);
  });

  it('may refuse by itself, so that a way there is not certain', () => {
    expect(reach(task(), host, vpc())).toMatchObject({ state: 'reachable', certain: false });
  });

  it('may be reached by IPv6 where translation happens in another VPC, or another resolver does it', () => {
    const native = subnets(here.privateSubnet, { Ipv6Native: true, EnableDns64: true });
    const hub = tables({ DestinationIpv6CidrBlock: '::/0', TransitGatewayId: 'tgw-0', State: 'active' });
    expect(said(reach(task({ ipv6: true }), host, vpc({ ...hub, ...native })))).toBe('open');
    const gone = tables({ DestinationIpv6CidrBlock: '::/0', TransitGatewayId: 'tgw-0', State: 'blackhole' });
    expect(said(reach(task({ ipv6: true }), host, vpc({ ...gone, ...native })))).toBe(
      'network-ipv4-missing at subnet-0private',
    );
  });

  it('is reached by IPv6 through an egress-only gateway, and through NAT64', () => {
    const eigw = {
      DestinationIpv6CidrBlock: '::/0',
      EgressOnlyInternetGatewayId: 'eigw-0',
      State: 'active',
    } as const;
    const nat64 = {
      DestinationIpv6CidrBlock: '64:ff9b::/96',
      NatGatewayId: 'nat-0main',
      State: 'active',
    } as const;
    const native = subnets(here.privateSubnet, { Ipv6Native: true, EnableDns64: true });
    const six = {
      ...groups([{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }]),
      ...acl(here.privateSubnet, [entry(100, true, v6), entry(100, false, v6)]),
    };
    const dual: Destination = { kind: 'internet', host: 'h', port: 443, dualStack: true };
    expect(said(reach(task({ ipv6: true }), dual, vpc({ ...tables(eigw), ...native, ...six })))).toBe(
      'reachable by egress-only-gateway',
    );
    const table6 = table(
      'rtb-0nat',
      [here.toInternet, { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-0' }],
      [here.publicSubnet],
    );
    const behind = { routeTables: read([table('rtb-0private', [nat64], [here.privateSubnet]), table6]) };
    const behindNat = { ...behind, ...native, ...six };
    expect(said(reach(task({ ipv6: true }), host, vpc(behindNat)))).toBe('network-acl-blocked at acl-0rest');
    const both = [...here.openAcl, entry(101, true, v6), entry(101, false, v6)];
    const open = { networkAcls: read([everySubnet(both)]) };
    expect(said(reach(task({ ipv6: true }), host, vpc({ ...behindNat, ...open })))).toBe(
      'reachable by nat-gateway',
    );
  });
});
