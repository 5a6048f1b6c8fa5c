import { describe, expect, it } from 'vitest';
import { byBalancers } from '#diagnostics/connect/balancer.ts';
import type { Way } from '#diagnostics/connect/way.ts';
import * as here from '#test/diagnostics/network/vpc.ts';
import {
  bound,
  endsOf,
  fromBalancer,
  fromTask,
  host,
  listener,
  mapped,
  onInstances,
  type Told,
} from './ends.ts';

const { endpointSubnet, entry, openAcl, privateSubnet, publicSubnet, read, subnet, tcp } = here;

function way(told: Told): Way['found'] | undefined {
  return byBalancers(endsOf(told))[0]?.found;
}

function said(told: Told): string | undefined {
  const result = way(told);
  return result?.state === 'broken' ? result.block.cause : result?.state;
}

const network = { Type: 'network', SecurityGroups: undefined } as const;
const fromRange = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });
const fromSix = (CidrIpv6: string) => ({ Ipv6Ranges: [{ CidrIpv6 }] });

describe('a network load balancer', () => {
  const kept = { front: { keepsClientAddress: true } };
  const tcpListener = { ...listener, Protocol: 'TCP' as const };

  it.each<[string, string, Told]>([
    [
      'with groups, which the tasks name, although it keeps the client',
      'open-way',
      { balancer: { Type: 'network' }, ...kept },
    ],
    [
      'with groups, whose tasks admit the client that it keeps',
      'open-way',
      { balancer: { Type: 'network' }, ...kept, tasks: [tcp(8080, fromRange('10.0.1.0/24'))] },
    ],
    [
      'with groups, whose tasks name the group of the client, which nobody sees',
      'connect-ingress-missing',
      { balancer: { Type: 'network' }, ...kept, tasks: [tcp(8080, fromTask)] },
    ],
    [
      'with groups that do not admit the client',
      'connect-balancer-ingress-missing',
      { balancer: { Type: 'network' }, ...kept, lb: [] },
    ],
    [
      'by UDP, where TCP alone is admitted',
      'connect-ingress-missing',
      {
        balancer: network,
        listeners: [{ ...listener, Protocol: 'UDP' }],
        front: { keepsClientAddress: true, group: { TargetType: 'ip', Protocol: 'UDP' } },
        tasks: [tcp(8080, fromRange('0.0.0.0/0'))],
      },
    ],
    [
      'by UDP, which is admitted',
      'open-way',
      {
        balancer: network,
        listeners: [{ ...listener, Protocol: 'UDP' }],
        front: { keepsClientAddress: true, group: { TargetType: 'ip', Protocol: 'UDP' } },
        tasks: [{ ...tcp(8080, fromRange('0.0.0.0/0')), IpProtocol: 'udp' }],
      },
    ],
    [
      'whose rules could not be read, and whose listener leads there by itself',
      'open-way',
      {
        balancer: network,
        tasks: [tcp(8080, fromRange('10.0.0.0/16'))],
        front: {
          balancers: [
            {
              balancer: {
                LoadBalancerName: 'lb',
                Scheme: 'internal',
                ...network,
                AvailabilityZones: [{ SubnetId: publicSubnet }],
              },
              listeners: [tcpListener],
              rules: here.denied('elasticloadbalancing:DescribeRules'),
            },
          ],
        },
      },
    ],
  ])('%s', (_told, expected, told) => {
    expect(said(told)).toBe(expected);
  });
});

describe('targets by IPv6', () => {
  const six = (id: string, cidr: string, block: string) =>
    subnet(id, cidr, { Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: block }] });
  const topology = {
    subnets: read([
      six(privateSubnet, '10.0.1.0/24', '2001:db8:0:1::/64'),
      six(publicSubnet, '10.0.0.0/24', '2001:db8::/64'),
      six(endpointSubnet, '10.0.2.0/24', '2001:db8:0:2::/64'),
    ]),
    networkAcls: read([
      {
        NetworkAclId: 'acl-0six',
        Associations: [privateSubnet, publicSubnet, endpointSubnet].map((SubnetId) => ({ SubnetId })),
        Entries: [
          ...openAcl,
          ...[true, false].map((egress) =>
            entry(101, egress, { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
          ),
        ],
      },
    ]),
  };
  const group = { TargetType: 'ip', IpAddressType: 'ipv6' } as const;

  it.each<[string, string, Told]>([
    [
      'that admit the load balancer’s range',
      'open-way',
      { balancer: network, front: { group }, tasks: [tcp(8080, fromSix('2001:db8::/64'))] },
    ],
    [
      'that admit its IPv4 range alone',
      'connect-ingress-missing',
      { balancer: network, front: { group }, tasks: [tcp(8080, fromRange('0.0.0.0/0'))] },
    ],
    [
      'that admit the client, which it keeps',
      'open-way',
      {
        balancer: network,
        front: { group, keepsClientAddress: true },
        tasks: [tcp(8080, fromSix('2001:db8:0:1::/64'))],
      },
    ],
    [
      'that admit everybody by IPv6, where the load balancer speaks IPv4 to them',
      'connect-ingress-missing',
      { balancer: network, tasks: [tcp(8080, fromSix('::/0'))] },
    ],
  ])('%s', (_told, expected, told) => {
    expect(said({ ...told, topology })).toBe(expected);
  });
});

describe('targets on instances', () => {
  const targets = read([
    { Target: { Id: 'i-0one', Port: 32_801 }, TargetHealth: { State: 'healthy' as const } },
  ]);
  const one = host('one', endpointSubnet, 'sg-0api', '10.0.2.20');
  const told: Told = {
    front: { targets, group: { TargetType: 'instance' } },
    ends: {
      to: onInstances('api'),
      tasks: [bound('one', 32_801)],
      definition: mapped(0),
      hosts: { from: undefined, to: [one] },
    },
  };
  const range = (FromPort: number, ToPort: number) => ({
    IpProtocol: 'tcp',
    FromPort,
    ToPort,
    ...fromBalancer,
  });

  it.each<[string, string, Told]>([
    ['whose group admits the whole range', 'open-way', { tasks: [range(32_768, 60_999)] }],
    ['whose group admits every port', 'open-way', { tasks: [range(0, 65_535)] }],
    ['whose group admits the port of the container alone', 'connect-ingress-missing', {}],
    ['whose group admits the port of now alone', 'open', { tasks: [range(32_801, 32_801)] }],
    [
      'with a fixed port, which is admitted',
      'open-way',
      { tasks: [range(32_801, 32_801)], ends: { ...told.ends, definition: mapped(32_801) } },
    ],
    [
      'that were not read',
      'open',
      { tasks: [range(0, 65_535)], ends: { ...told.ends, hosts: { from: undefined, to: undefined } } },
    ],
  ])('%s', (_told, expected, more) => {
    expect(said({ ...told, ...more })).toBe(expected);
  });
});
