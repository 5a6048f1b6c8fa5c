import type { IpPermission, Subnet } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { admits, anywhere, spansIn } from '#diagnostics/health/admission.ts';
import { spansOf } from '#diagnostics/network/prefixes.ts';

const subnets: Subnet[] = [
  { SubnetId: 'subnet-a', CidrBlock: '10.0.0.0/24' },
  { SubnetId: 'subnet-b', CidrBlock: '10.0.1.0/24' },
];
const ids = ['subnet-a', 'subnet-b'];
const balancer = { groups: ['sg-balancer'], spans: spansIn(subnets, ids, 4) };
const unnamed = { groups: [], spans: balancer.spans };
const unplaced = { groups: [], spans: anywhere(4) };

function tcp(from: number, to: number, peers: Partial<IpPermission>): IpPermission {
  return { IpProtocol: 'tcp', FromPort: from, ToPort: to, ...peers };
}
const fromGroup = { UserIdGroupPairs: [{ GroupId: 'sg-balancer' }] };
const range = (...CidrIps: string[]) => ({ IpRanges: CidrIps.map((CidrIp) => ({ CidrIp })) });

describe('whether rules let a check on port 8080 through', () => {
  it.each<[string, IpPermission[], typeof balancer, string]>([
    ['no rule at all', [], balancer, 'blocked'],
    ['the port from the group', [tcp(8080, 8080, fromGroup)], balancer, 'admitted'],
    ['another port', [tcp(80, 80, fromGroup)], balancer, 'blocked'],
    ['everybody, wherever the balancer is', [tcp(8080, 8080, range('0.0.0.0/0'))], unplaced, 'admitted'],
    ['a range around all subnets', [tcp(8080, 8080, range('10.0.0.0/16'))], unnamed, 'admitted'],
    ['each subnet by itself', [tcp(8080, 8080, range('10.0.0.0/24', '10.0.1.0/24'))], unnamed, 'admitted'],
    ['one of two subnets', [tcp(8080, 8080, range('10.0.0.0/24'))], unnamed, 'unknown'],
    ['a range elsewhere', [tcp(8080, 8080, range('172.16.0.0/12'))], unnamed, 'blocked'],
    [
      'a range while nobody knows where the balancer is',
      [tcp(8080, 8080, range('10.0.0.0/16'))],
      unplaced,
      'unknown',
    ],
    [
      'a prefix list that was not read',
      [tcp(8080, 8080, { PrefixListIds: [{ PrefixListId: 'pl-1' }] })],
      balancer,
      'unknown',
    ],
  ])('%s', (_, IpPermissions, peer, state) => {
    const gate = { groups: ['sg-tasks'], direction: 'in' as const };
    expect(admits([{ GroupId: 'sg-tasks', IpPermissions }], gate, 8080, peer).state).toBe(state);
  });

  it('is not known where one of several groups was not read', () => {
    const gate = { groups: ['sg-tasks', 'sg-gone'], direction: 'in' as const };
    expect(admits([{ GroupId: 'sg-tasks' }], gate, 8080, balancer).state).toBe('unknown');
  });

  it('asks outbound rules on the way out', () => {
    const gate = { groups: ['sg-balancer'], direction: 'out' as const };
    const group = { GroupId: 'sg-balancer', IpPermissionsEgress: [tcp(8080, 8080, range('10.0.7.0/24'))] };
    const peer = (address: string) => ({ groups: ['sg-tasks'], spans: spansOf([address]) });
    expect(admits([group], gate, 8080, peer('10.0.7.9')).state).toBe('admitted');
    expect(admits([group], gate, 8080, peer('10.0.8.9')).state).toBe('blocked');
  });
});

describe('the addresses of a balancer', () => {
  it.each([
    ['a subnet of it was not read', ['subnet-a', 'subnet-c'], 4],
    ['its subnets have none of the family', ids, 6],
  ] as const)('may be any where %s', (_, of, family) => {
    expect(spansIn(subnets, of, family)).toEqual(anywhere(family));
  });
});
