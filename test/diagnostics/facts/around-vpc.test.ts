import type { Route } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { aroundVpc } from '#diagnostics/facts/network/around-vpc.ts';
import { privateSubnet, publicSubnet, read, subnet, table, toNat, vpc } from '../network/vpc.ts';

const toMachine: Route = {
  DestinationCidrBlock: '0.0.0.0/0',
  NetworkInterfaceId: 'eni-0',
  InstanceId: 'i-0',
};
const toHub: Route = { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-0' };
const toList: Route = { DestinationPrefixListId: 'pl-0own', TransitGatewayId: 'tgw-0' };

/** Ids of what is asked for around a subnet, in any order; the routes are those of the table that it has. */
async function asked(routes: Route[], ofMain: boolean, behind: Route[] = []): Promise<string[]> {
  const ids: string[] = [];
  const main = table('rtb-0main', ofMain ? routes : [toMachine, toHub, toList], [], true);
  const own = table('rtb-0own', routes, [privateSubnet]);
  const nat = table('rtb-0nat', behind, [publicSubnet]);
  const all = ofMain ? [main, nat] : [main, own, nat];
  const answers: Record<string, unknown> = { 'route-tables-of': all, 'dns-support': true };
  const settle = async ({ id }: { id: string }, key?: unknown) => {
    ids.push(id === 'prefix-list-entries' ? `${id} ${key}` : id);
    return read(answers[id] ?? []);
  };
  const base = vpc();
  const known = {
    vpc: 'vpc-0main',
    found: [subnet(privateSubnet, '10.0.1.0/24')],
    tables: ofMain ? [] : [own],
    groups: [],
    nats: [{ NatGatewayId: 'nat-0main', VpcId: 'vpc-0main', SubnetId: publicSubnet }],
    endpoints: [],
  };
  await aroundVpc({ settle, target: { account: base.account } } as unknown as FactContext, known, base);
  return ids;
}

describe('what is asked for around a subnet', () => {
  it.each([
    ['a machine', [toMachine], ['appliances']],
    ['a hub beside a NAT gateway', [toNat, toHub], ['dhcp-options']],
    ['a prefix list', [toNat, toList], ['prefix-list-entries pl-0own', 'dhcp-options']],
    ['a NAT gateway', [toNat], []],
  ])('follows routes to %s, in its own table as in the main one', async (_, routes, expected) => {
    const own = await asked(routes, false);
    const main = await asked(routes, true);
    const told = (ids: string[]) => ids.filter((id) => /appliances|dhcp-options|prefix-list/.test(id)).sort();
    expect(told(own)).toEqual(expected.toSorted());
    expect(told(main)).toEqual(expected.toSorted());
  });

  it('follows lists in the table of a NAT gateway alone that is used', async () => {
    const list = 'prefix-list-entries pl-0own';
    expect(await asked([toNat], false, [toList])).toContain(list);
    expect(await asked([], false, [toList])).not.toContain(list);
  });
});
