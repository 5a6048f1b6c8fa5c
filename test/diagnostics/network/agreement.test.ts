import type { IpPermission, NetworkAclEntry, Route } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { rule } from '#diagnostics/network/network-acls.ts';
import { covered, spanOf, spansOf } from '#diagnostics/network/prefixes.ts';
import { wayTo } from '#diagnostics/network/routes.ts';
import { throughGroups } from '#diagnostics/network/security-groups.ts';
import { fc } from '#test/property.ts';
import { aclAllows, addressesIn, groupAllows, holds, routeFor } from './naive.ts';
import { read, subnet, vpc } from './vpc.ts';

/** Blocks in and around 10.0.0.0/28, small enough to be looked at address by address. */
const block = fc
  .tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 26, max: 32 }))
  .map(([host, bits]) => `10.0.0.${host}/${bits}`);
const small = fc
  .tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 29, max: 32 }))
  .map(([host, bits]) => `10.0.0.${host}/${bits}`);
const port = fc.integer({ min: 1, max: 8 });
const protocol = fc.constantFrom('tcp' as const, 'udp' as const);
const ports = fc.tuple(port, port).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));

function share(truths: readonly boolean[]): 'all' | 'some' | 'none' {
  if (truths.every(Boolean)) return 'all';
  return truths.some(Boolean) ? 'some' : 'none';
}

describe('what blocks hold', () => {
  it('agrees with comparing every address bit by bit', () => {
    fc.assert(
      fc.property(small, fc.array(block, { maxLength: 4 }), (inner, outer) => {
        const naive = share(addressesIn(inner).map((one) => outer.some((cidr) => holds(cidr, one))));
        expect(covered(spansOf([inner]), spansOf(outer))).toBe(naive);
      }),
    );
  });

  it('takes every way of writing an IPv6 block for the same', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), (address, bits) => {
        const span = spanOf(`${address}/${bits}`);
        expect(span?.family).toBe(6);
        expect((span?.last ?? 0n) - (span?.first ?? 0n) + 1n).toBe(1n << BigInt(128 - bits));
        expect(covered(spansOf([address]), spansOf([`${address}/${bits}`]))).toBe('all');
      }),
    );
  });
});

const route: fc.Arbitrary<Route> = fc.record({
  DestinationCidrBlock: fc.oneof(block, fc.constant('0.0.0.0/0')),
  NatGatewayId: fc.constantFrom('nat-1', 'nat-2', 'nat-3'),
  State: fc.constantFrom('active' as const, 'active' as const, 'blackhole' as const),
  Origin: fc.constantFrom('CreateRoute' as const, 'EnableVgwRoutePropagation' as const),
});

describe('routes', () => {
  it('agree with choosing for every address by itself', () => {
    // A table holds one route for one destination and origin.
    const routes = fc.uniqueArray(route, {
      maxLength: 6,
      selector: ({ DestinationCidrBlock = '', Origin }) => {
        const span = spanOf(DestinationCidrBlock);
        return `${span?.first} ${span?.last} ${Origin}`;
      },
    });
    fc.assert(
      fc.property(routes, small, (list, cidr) => {
        const topology = vpc({
          routeTables: read([
            { RouteTableId: 'rtb-1', VpcId: 'vpc-0main', Routes: list, Associations: [{ Main: true }] },
          ]),
        });
        const way = wayTo(subnet('subnet-1', '10.1.0.0/24'), spansOf([cidr]), topology, { elsewhere: false });
        const naive = addressesIn(cidr).map((one) => {
          const found = routeFor(list, one);
          return found ? `${found.NatGatewayId} ${found.State}` : 'none';
        });
        const different = new Set(naive).size > 1;
        const said = way.state === 'route' ? `${way.target.id} ${way.route.State}` : way.state;
        expect(said).toBe(different ? 'open' : naive[0]);
      }),
    );
  });
});

const aclEntry: fc.Arbitrary<NetworkAclEntry> = fc.record({
  RuleNumber: fc.integer({ min: 1, max: 40 }),
  Egress: fc.boolean(),
  Protocol: fc.constantFrom('-1', '6', '17', '1'),
  CidrBlock: fc.oneof(block, fc.constant('0.0.0.0/0')),
  RuleAction: fc.constantFrom('allow' as const, 'deny' as const),
  PortRange: ports.map(({ from, to }) => ({ From: from, To: to })),
});

describe('a network ACL', () => {
  it('agrees with asking for every packet by itself', () => {
    const entries = fc.uniqueArray(aclEntry, {
      maxLength: 6,
      selector: ({ RuleNumber, Egress }) => `${RuleNumber} ${Egress}`,
    });
    fc.assert(
      fc.property(entries, fc.boolean(), small, ports, protocol, (list, egress, cidr, range, kind) => {
        const naive: boolean[] = [];
        for (const address of addressesIn(cidr))
          for (let one = range.from; one <= range.to; one += 1)
            naive.push(aclAllows(list, egress, address, one, kind));
        const said = rule({ Entries: list.toReversed() }, egress, range, kind, spansOf([cidr])).answer;
        const lost = naive.filter((one) => !one).length;
        expect(said).toBe(lost > 0 && lost * 256 < naive.length ? 'most' : share(naive));
      }),
      { numRuns: 40 },
    );
  });
});

const permission: fc.Arbitrary<IpPermission> = fc
  .record({
    IpProtocol: fc.constantFrom('-1', 'tcp', 'udp', 'icmp'),
    range: ports,
    IpRanges: fc.array(
      block.map((CidrIp) => ({ CidrIp })),
      { maxLength: 2 },
    ),
    UserIdGroupPairs: fc.array(
      fc.constantFrom('sg-a', 'sg-b').map((GroupId) => ({ GroupId })),
      { maxLength: 1 },
    ),
  })
  .map(({ range, ...rest }) => ({
    ...rest,
    ...(rest.IpProtocol !== '-1' && { FromPort: range.from, ToPort: range.to }),
  }));

describe('security groups', () => {
  it('agree with asking for every address by itself, whatever groups the rules are spread over', () => {
    const of = fc.array(permission, { maxLength: 3 });
    const peerGroups = fc.subarray(['sg-a', 'sg-c']);
    fc.assert(
      fc.property(of, of, small, port, protocol, peerGroups, (first, second, cidr, one, kind, groups) => {
        const topology = vpc({
          securityGroups: read([
            { GroupId: 'sg-1', IpPermissions: first, IpPermissionsEgress: [] },
            { GroupId: 'sg-2', IpPermissions: second, IpPermissionsEgress: [] },
          ]),
        });
        const step = throughGroups(
          { groups: ['sg-1', 'sg-2'], direction: 'in', cause: 'network-ingress-blocked' },
          { port: one, protocol: kind },
          { name: 'it', spans: spansOf([cidr]), groups },
          topology,
        );
        const naive = share(
          addressesIn(cidr).map((address) => groupAllows([...first, ...second], address, one, kind, groups)),
        );
        const said = { passed: 'all', broken: 'none', open: 'some' }[step.state];
        expect(said).toBe(naive);
      }),
    );
  });
});
