import { describe, expect, it } from 'vitest';
import { namesOf, zoneFor } from '#diagnostics/network/private-zones.ts';
import { reach } from '#diagnostics/network/reach.ts';
import type { Destination } from '#diagnostics/network/topology.ts';
import { fc } from '#test/property.ts';
import { type Case, groups, having, named, said, tables, zones } from './parts.ts';
import * as here from './vpc.ts';

const { read, subnet, task, tcp, vpc } = here;
const ecr: Destination = { kind: 'aws', service: 'ecr.api', region: 'us-east-1' };
const unnamed = having({ PrivateDnsEnabled: false });
const toHub = { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-0', State: 'active' } as const;
const toPeer = { DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId: 'pcx-0' } as const;
const inside = groups([tcp(443, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] })]);
const unread = { hostedZones: here.denied('route53:ListHostedZonesByVPC') };
const custom = {
  dhcpOptions: read({
    DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: '10.0.0.9' }] }],
  }),
};
const own = zones('ecr.us-east-1.amazonaws.com.');
const ofEndpoint = {
  hostedZones: read([
    {
      HostedZoneId: 'Z0AWS',
      Name: 'api.ecr.us-east-1.amazonaws.com.',
      Owner: { OwningService: 'vpce.amazonaws.com' },
    },
  ]),
};

const cases: readonly Case[] = [
  ['past an endpoint without private DNS', 'reachable by nat-gateway', unnamed],
  ['by an endpoint with a zone for it', 'open', { ...unnamed, ...tables(), ...own }],
  ['past an endpoint with a zone for it', 'open', { ...unnamed, ...own }],
  ['past an endpoint, its zones unread', 'open', { ...unnamed, ...unread }],
  ['by an endpoint, its zones unread', 'open', { ...unnamed, ...tables(), ...unread }],
  ['by an endpoint without a zone', 'probably network-no-route at rtb-0private', { ...unnamed, ...tables() }],
  ['by an endpoint and a resolver of its own', 'open', { ...unnamed, ...tables(), ...custom }],
  [
    'by an endpoint, with egress to nothing',
    'network-no-route at rtb-0private',
    { ...unnamed, ...tables(), ...groups([]), ...own },
  ],
  ['beside a hub without a zone', 'probably network-no-route at rtb-0private', tables(toHub)],
  ['beside a hub with a zone', 'open', { ...tables(toHub), ...own }],
  ['beside a hub, zones unread', 'open', { ...tables(toHub), ...unread }],
  [
    'beside a peer, with egress to private addresses alone',
    'probably network-egress-blocked at sg-0task',
    { ...tables(here.toNat, toPeer), ...inside },
  ],
  ['beside a peer with a zone and such egress', 'open', { ...tables(here.toNat, toPeer), ...inside, ...own }],
  ['by NAT beside a zone for its own name', 'open', own],
  ['by NAT beside a zone for all of AWS', 'open', zones('amazonaws.com.')],
  [
    'by NAT beside a zone for the name of a registry',
    'reachable by nat-gateway',
    zones('dkr.ecr.us-east-1.amazonaws.com.'),
  ],
  [
    'by NAT beside a zone of another region',
    'reachable by nat-gateway',
    zones('ecr.eu-west-1.amazonaws.com.'),
  ],
  ['by NAT beside a zone whose name ends alike', 'reachable by nat-gateway', zones('zonaws.com.')],
  ['by NAT beside what is left of an endpoint', 'reachable by nat-gateway', ofEndpoint],
  [
    'by NAT beside a zone that no name is looked up in',
    'reachable by nat-gateway',
    { ...own, vpcDns: read({ support: true, hostnames: false }) },
  ],
  [
    'by an endpoint with private DNS, whatever the zones',
    'reachable by interface-endpoint',
    { ...having(), ...own },
  ],
  ['without a route, and with a zone', 'open', { ...tables(), ...own }],
];

describe('a service whose name may be private', () => {
  it.each(cases.map(named))('is asked for $told: $expected', ({ expected, parts, of }) => {
    expect(said(reach(task(of), ecr, vpc(parts)))).toBe(expected);
  });

  it('is open with the zone named, and what would decide', () => {
    expect(reach(task(), ecr, vpc(own))).toEqual({
      state: 'open',
      reason: `private hosted zone ecr.us-east-1.amazonaws.com (Z0OWN of ${here.account}) answers for api.ecr.us-east-1.amazonaws.com in vpc-0main`,
      decide: 'the records of hosted zone Z0OWN',
    });
  });

  it('is open with the right that is missing', () => {
    expect(reach(task(), ecr, vpc({ ...tables(toHub), ...unread }))).toMatchObject({
      decide: 'the right route53:ListHostedZonesByVPC',
    });
  });

  it.each([
    ['1.dkr.ecr.us-east-1.amazonaws.com.', 'open'],
    ['2.dkr.ecr.us-east-1.amazonaws.com.', 'reachable by interface-endpoint'],
    ['ecr.us-east-1.amazonaws.com.', 'reachable by interface-endpoint'],
  ])('with an endpoint of its own, and the zone %s: %s', (zone, expected) => {
    const hosts = ['1.dkr.ecr.us-east-1.amazonaws.com'];
    const registry: Destination = { ...ecr, service: 'ecr.dkr', hosts };
    expect(said(reach(task(), registry, vpc({ ...having({}, 'ecr.dkr'), ...zones(zone) })))).toBe(expected);
  });

  it('is not certain where zones were not read', () => {
    expect(reach(task(), ecr, vpc(unread))).toMatchObject({ state: 'reachable', certain: false });
  });

  it('is doubted for zones and rules that no list has', () => {
    const path = reach(task(), ecr, vpc(tables(toHub)));
    expect(path).toMatchObject({
      doubt: { says: expect.stringMatching(/Route 53 Profile or a forwarding rule/) },
    });
  });
});

describe('a host on the internet', () => {
  const host: Destination = { kind: 'internet', host: 'registry-1.docker.io', port: 443 };

  it.each([
    ['docker.io.', 'open'],
    ['example.com.', 'reachable by nat-gateway'],
  ])('beside the private zone %s is %s', (zone, expected) => {
    expect(said(reach(task(), host, vpc(zones(zone))))).toBe(expected);
  });
});

describe('the zone that answers', () => {
  it('is the longest whose labels the name ends with', () => {
    const label = fc.constantFrom('a', 'b', 'aa');
    const domain = fc.array(label, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(domain, fc.uniqueArray(domain, { maxLength: 5, selector: String }), (name, all) => {
        const slow = all
          .filter((zone) => zone.every((part, at) => name[name.length - zone.length + at] === part))
          .sort((one, other) => other.join('.').length - one.join('.').length)[0];
        const found = zoneFor([name.join('.')], vpc(zones(...all.map((zone) => `${zone.join('.')}.`))));
        expect(found?.zone.Name).toBe(slow && `${slow.join('.')}.`);
      }),
    );
  });

  it.each([
    ['ecr.dkr', 'us-east-1', [], ['dkr.ecr.us-east-1.amazonaws.com']],
    ['ecr.dkr', 'us-east-1', ['1.dkr.ecr.us-east-1.amazonaws.com'], ['1.dkr.ecr.us-east-1.amazonaws.com']],
    ['ecs-telemetry', 'eu-west-1', [], ['ecs-t.eu-west-1.amazonaws.com']],
    ['logs', 'cn-north-1', [], ['logs.cn-north-1.amazonaws.com.cn']],
  ])('is looked for by the names of %s in %s', (service, region, hosts, names) => {
    const ipv4 = subnet('subnet-0', '10.0.0.0/24');
    expect(namesOf({ kind: 'aws', service, region, hosts }, ipv4)).toEqual(names);
  });
});
