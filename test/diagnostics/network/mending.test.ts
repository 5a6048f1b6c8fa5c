import type { IpPermission, NetworkAclEntry } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { blocksOf, covered, spansOf } from '#diagnostics/network/prefixes.ts';
import { reach } from '#diagnostics/network/reach.ts';
import type { Destination, Path, Topology } from '#diagnostics/network/topology.ts';
import { fc } from '#test/property.ts';
import { aclAllows, addressesIn } from './naive.ts';
import { acl, groups, having } from './parts.ts';
import * as here from './vpc.ts';

const { endpoint, entry, read, subnet, task, tcp, vpc } = here;
const block = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
  .map(([host, bits]) => `10.0.1.${host}/${bits}`);

describe('the blocks of addresses', () => {
  it('hold each address once and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (from, size) => {
        const first = 0x0a000000n + BigInt(from);
        const blocks = blocksOf([{ family: 4, first, last: first + BigInt(size) }]);
        const naive = Array.from({ length: size + 1 }, (_, at) => `10.0.0.${from + at}`);
        expect(blocks.flatMap(addressesIn)).toEqual(naive);
      }),
    );
  });

  it('are written so that they are read as the same, in both families', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 0, max: 32 }), (address, bits) => {
        const spans = spansOf([`${address}/${bits}`]);
        expect(spansOf(blocksOf(spans))).toEqual(spans);
        expect(covered(spans, spansOf(blocksOf(spans)))).toBe('all');
      }),
    );
  });
});

/** Port 443 and ports of replies, by ranges that take all of what Linux replies on or nothing of it. */
const aclEntry: fc.Arbitrary<NetworkAclEntry> = fc.record({
  RuleNumber: fc.integer({ min: 50, max: 90 }),
  Egress: fc.boolean(),
  Protocol: fc.constantFrom('-1', '6', '17'),
  CidrBlock: fc.oneof(block, fc.constantFrom('203.0.113.0/24', '0.0.0.0/0')),
  RuleAction: fc.constantFrom('allow' as const, 'allow' as const, 'deny' as const),
  PortRange: fc.constantFrom(
    { From: 443, To: 443 },
    { From: 1024, To: 65_535 },
    { From: 32_768, To: 60_999 },
    { From: 61_000, To: 65_535 },
  ),
});
const entriesOf = fc.uniqueArray(aclEntry, {
  maxLength: 7,
  selector: ({ RuleNumber, Egress }) => `${RuleNumber} ${Egress}`,
});

const host = '203.0.113.7';
const outside: Destination = {
  kind: 'interface',
  name: 'it',
  address: host,
  securityGroups: [],
  port: 443,
};
const small = {
  subnets: read([
    subnet(here.privateSubnet, '10.0.1.0/28'),
    subnet(here.publicSubnet, '10.0.0.0/24'),
    subnet(here.endpointSubnet, '10.0.2.0/24'),
  ]),
};

function share(truths: readonly boolean[]): 'all' | 'some' | 'none' {
  if (truths.every(Boolean)) return 'all';
  return truths.some(Boolean) ? 'some' : 'none';
}

/** One crossing of an ACL, packet by packet: the connection, and replies on the lowest, a usual and the highest port. */
function crossed(
  entries: readonly NetworkAclEntry[],
  outward: boolean,
  others: readonly string[],
  usualPorts: readonly number[],
) {
  const passes = (egress: boolean, port: number) =>
    others.map((address) => aclAllows(entries, egress, address, port, 'tcp'));
  const usual = share(usualPorts.flatMap((port) => passes(!outward, port)));
  const replies =
    usual === 'all' ? usual : share([1024, 40_000, 65_535].flatMap((port) => passes(!outward, port)));
  return [share(passes(outward, 443)), replies === 'all' && usual !== 'all' ? 'some' : replies];
}

describe('the ACL of a NAT gateway’s subnet', () => {
  it('agrees with sending every packet in from the task and out again', () => {
    fc.assert(
      fc.property(entriesOf, (entries) => {
        const parts = [
          ...crossed(entries, false, addressesIn('10.0.1.0/28'), [40_000]),
          ...crossed(entries, true, [host], [1024, 40_000, 65_535]),
        ];
        const naive = parts.includes('none') ? 'broken' : parts.includes('some') ? 'open' : 'reachable';
        const path = reach(task(), outside, vpc({ ...small, ...acl(here.publicSubnet, entries) }));
        expect(path.state).toBe(naive);
      }),
    );
  });
});

/** A network in which the rule stands that a broken way asks for; the first of all where it is an ACL's. */
function mended(topology: Topology, path: Extract<Path, { state: 'broken' }>): Topology {
  const { from, to, group, prefixList, cidrs = [] } = path.mend ?? { from: 0, to: 0 };
  const rule: IpPermission = {
    IpProtocol: path.protocol,
    FromPort: from,
    ToPort: to,
    UserIdGroupPairs: group === undefined ? [] : [{ GroupId: group }],
    PrefixListIds: prefixList === undefined ? [] : [{ PrefixListId: prefixList }],
    IpRanges: cidrs.map((CidrIp) => ({ CidrIp })),
  };
  const { securityGroups: all, networkAcls } = topology;
  return {
    ...topology,
    ...(all?.ok && {
      securityGroups: read(
        all.value.map((one) => {
          if (one.GroupId !== path.subject) return one;
          return path.kind === 'security-group-out'
            ? { ...one, IpPermissionsEgress: [...(one.IpPermissionsEgress ?? []), rule] }
            : { ...one, IpPermissions: [...(one.IpPermissions ?? []), rule] };
        }),
      ),
    }),
    ...(networkAcls?.ok && {
      networkAcls: read(
        networkAcls.value.map((one) => {
          if (one.NetworkAclId !== path.subject) return one;
          const lowest = Math.min(...(one.Entries ?? []).map(({ RuleNumber = 0 }) => RuleNumber), 50);
          const added = cidrs.map((CidrBlock, at) =>
            entry(lowest - 1 - at, path.rule?.endsWith('outbound') === true, {
              CidrBlock,
              Protocol: '6',
              PortRange: { From: from, To: to },
            }),
          );
          return { ...one, Entries: [...(one.Entries ?? []), ...added] };
        }),
      ),
    }),
  };
}

const ecr: Destination = { kind: 'aws', service: 'ecr.api', region: here.region };
const s3: Destination = { kind: 'aws', service: 's3', region: here.region };
const toList = { DestinationPrefixListId: 'pl-0s3', GatewayId: 'vpce-0s3', State: 'active' } as const;
const gateway = endpoint('s3', { VpcEndpointType: 'Gateway', VpcEndpointId: 'vpce-0s3' });
const byList = {
  endpoints: read([gateway]),
  routeTables: read([here.table('rtb-0private', [toList], [here.privateSubnet])]),
};
const noRule: IpPermission[] = [];

describe('the rule that a broken hop lacks', () => {
  it.each([
    ['an endpoint', ecr, { ...having(), ...groups([], noRule) }, ['sg-0endpoint', 'sg-0task']],
    ['a gateway endpoint', s3, { ...byList, ...groups([]) }, ['pl-0s3']],
    ['the internet', { kind: 'internet', host: 'h', port: 5000 }, groups([]), ['0.0.0.0/0']],
    ['one address', outside, groups([]), ['203.0.113.7/32']],
    ['another port', ecr, groups([tcp(80, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })]), ['0.0.0.0/0']],
  ] satisfies [string, Destination, Partial<Topology>, string[]][])(
    'to %s opens the way, and names no more than that',
    (_, destination, parts, names) => {
      let topology = vpc(parts);
      const named: string[] = [];
      let path = reach(task(), destination, topology);
      while (path.state === 'broken' && named.length < 5) {
        const { group, prefixList, cidrs = [] } = path.mend ?? {};
        named.push(...[group, prefixList, ...cidrs].filter((one) => one !== undefined));
        topology = mended(topology, path);
        path = reach(task(), destination, topology);
      }
      expect(path.state).toBe('reachable');
      expect(named).toEqual(names);
    },
  );

  it('opens every ACL that refuses', () => {
    fc.assert(
      fc.property(entriesOf, fc.constantFrom(here.publicSubnet, here.privateSubnet), (entries, where) => {
        let topology = vpc({ ...small, ...acl(where, entries) });
        let path = reach(task(), outside, topology);
        for (let turn = 0; turn < 4 && path.state === 'broken'; turn += 1) {
          topology = mended(topology, path);
          path = reach(task(), outside, topology);
        }
        expect(path.state).not.toBe('broken');
      }),
    );
  });
});
