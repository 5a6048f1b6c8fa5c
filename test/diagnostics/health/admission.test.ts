import type { IpPermission } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { admits, contains } from '#diagnostics/health/admission.ts';
import { fc } from '#test/property.ts';

const balancer = { groups: ['sg-balancer'], ranges: ['10.0.0.0/24', '10.0.1.0/24'] };
const unnamed = { groups: [], ranges: balancer.ranges };

function tcp(from: number, to: number, peers: Partial<IpPermission>): IpPermission {
  return { IpProtocol: 'tcp', FromPort: from, ToPort: to, ...peers };
}
const fromGroup = { UserIdGroupPairs: [{ GroupId: 'sg-balancer' }] };
const range = (...CidrIps: string[]) => ({ IpRanges: CidrIps.map((CidrIp) => ({ CidrIp })) });

describe('whether rules let a check on port 8080 through', () => {
  it.each<[string, IpPermission[], { groups: string[]; ranges: string[] }, string]>([
    ['no rule at all', [], balancer, 'blocked'],
    ['the port from the group', [tcp(8080, 8080, fromGroup)], balancer, 'admitted'],
    ['a range of ports from the group', [tcp(1024, 65_535, fromGroup)], balancer, 'admitted'],
    ['every protocol from the group', [{ IpProtocol: '-1', ...fromGroup }], balancer, 'admitted'],
    ['TCP by its number', [{ ...tcp(8080, 8080, fromGroup), IpProtocol: '6' }], balancer, 'admitted'],
    ['another port', [tcp(80, 80, fromGroup)], balancer, 'blocked'],
    ['UDP', [{ ...tcp(8080, 8080, fromGroup), IpProtocol: 'udp' }], balancer, 'blocked'],
    [
      'another group',
      [tcp(8080, 8080, { UserIdGroupPairs: [{ GroupId: 'sg-other' }] })],
      balancer,
      'blocked',
    ],
    ['everybody', [tcp(8080, 8080, range('0.0.0.0/0'))], { groups: [], ranges: [] }, 'admitted'],
    ['a range around all subnets', [tcp(8080, 8080, range('10.0.0.0/16'))], unnamed, 'admitted'],
    [
      'each subnet by its own range',
      [tcp(8080, 8080, range('10.0.0.0/24', '10.0.1.0/24'))],
      unnamed,
      'admitted',
    ],
    ['one of two subnets', [tcp(8080, 8080, range('10.0.0.0/24'))], unnamed, 'unknown'],
    ['single addresses within a subnet', [tcp(8080, 8080, range('10.0.0.9/32'))], unnamed, 'unknown'],
    ['a range elsewhere', [tcp(8080, 8080, range('172.16.0.0/12'))], unnamed, 'blocked'],
    [
      'a prefix list that was not read',
      [tcp(8080, 8080, { PrefixListIds: [{ PrefixListId: 'pl-1' }] })],
      balancer,
      'unknown',
    ],
    [
      'a range while the balancer’s addresses are not known',
      [tcp(8080, 8080, range('10.0.0.0/16'))],
      { groups: [], ranges: [] },
      'unknown',
    ],
    [
      'a doubtful rule and one that is not',
      [tcp(8080, 8080, { PrefixListIds: [{ PrefixListId: 'pl-1' }] }), tcp(8080, 8080, fromGroup)],
      balancer,
      'admitted',
    ],
  ])('%s', (_, rules, sources, state) => {
    expect(admits(rules, 8080, sources).state).toBe(state);
  });
});

describe('a range of addresses', () => {
  const address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
  const bits = fc.integer({ min: 0, max: 32 });
  const toBits = (parts: readonly number[]) =>
    parts.map((part) => part.toString(2).padStart(8, '0')).join('');

  it('contains another exactly where it is no longer and agrees in all its bits', () => {
    fc.assert(
      fc.property(address, bits, address, bits, fc.boolean(), (a, size, b, innerSize, near) => {
        const inner = near ? a : b;
        const expected = innerSize >= size && toBits(inner).slice(0, size) === toBits(a).slice(0, size);
        expect(contains(`${a.join('.')}/${size}`, `${inner.join('.')}/${innerSize}`)).toBe(expected);
      }),
    );
  });

  it.each(['', '10.0.0', '300.0.0.0/8', '10.0.0.0/33', '2001:db8::/32', 'pl-1'])('is not %j', (text) => {
    expect(contains('0.0.0.0/0', text)).toBe(false);
    expect(contains(text, '10.0.0.1/32')).toBe(false);
  });
});
