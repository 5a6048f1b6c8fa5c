import { describe, expect, it } from 'vitest';
import { reach } from '#diagnostics/network/reach.ts';
import type { Destination } from '#diagnostics/network/topology.ts';
import { acl, type Case, groups, named, said, tables } from './parts.ts';
import * as here from './vpc.ts';

const { everything, task, tcp, vpc } = here;
const db: Destination = {
  kind: 'interface',
  name: 'db',
  subnet: here.endpointSubnet,
  address: '10.0.2.9',
  securityGroups: ['sg-0endpoint'],
  port: 5432,
};

const toDb: readonly Case[] = [
  [
    'with a rule for its group',
    'reachable by local',
    groups([everything], [tcp(5432, { UserIdGroupPairs: [{ GroupId: 'sg-0task' }] })]),
  ],
  [
    'with a range of ports',
    'reachable by local',
    groups(
      [everything],
      [{ IpProtocol: 'tcp', FromPort: 5000, ToPort: 6000, IpRanges: [{ CidrIp: '10.0.1.0/24' }] }],
    ),
  ],
  ['with no rule', 'network-ingress-blocked at sg-0endpoint', groups([everything], [])],
  [
    'with a rule for another group',
    'network-ingress-blocked at sg-0endpoint',
    groups([everything], [tcp(5432, { UserIdGroupPairs: [{ GroupId: 'sg-0x' }] })]),
  ],
  [
    'with egress to 443 alone',
    'network-egress-blocked at sg-0task',
    groups([tcp(443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })]),
  ],
  [
    'with an ACL inside one subnet',
    'reachable by local',
    { ...groups([everything]), ...acl(here.endpointSubnet, []) },
    { subnet: here.endpointSubnet },
  ],
  [
    'with a rule for a list that was not read',
    'open',
    groups([everything], [tcp(5432, { PrefixListIds: [{ PrefixListId: 'pl-0x' }] })]),
  ],
];

describe('another interface', () => {
  it.each(toDb.map(named))('is asked for $told: $expected', ({ expected, parts, of }) => {
    expect(said(reach(task(of), db, vpc(parts)))).toBe(expected);
  });

  it('is open beyond the VPC, and without its groups', () => {
    const far = { ...db, address: '10.9.0.4', subnet: undefined } as const;
    const peering = { DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId: 'pcx-0' };
    expect(said(reach(task(), far, vpc(tables(peering))))).toBe('open');
    expect(said(reach(task(), far, vpc(tables())))).toBe('network-no-route at rtb-0private');
    expect(said(reach(task(), { ...db, securityGroups: undefined }, vpc(groups([everything]))))).toBe('open');
  });
});
