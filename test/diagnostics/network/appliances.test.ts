import type { NetworkInterfaceType } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { reach } from '#diagnostics/network/reach.ts';
import type { Destination } from '#diagnostics/network/topology.ts';
import { type Case, having, named, said, tables } from './parts.ts';
import * as here from './vpc.ts';

const { read, task, vpc } = here;
const host: Destination = { kind: 'internet', host: 'registry-1.docker.io', port: 443 };
const ecr: Destination = { kind: 'aws', service: 'ecr.api', region: here.region };
const toMachine = {
  DestinationCidrBlock: '0.0.0.0/0',
  NetworkInterfaceId: 'eni-0',
  InstanceId: 'i-0',
} as const;
const toEndpoints = { ...toMachine, DestinationCidrBlock: '10.0.2.0/24' } as const;

const machine = (SourceDestCheck: boolean, InterfaceType: NetworkInterfaceType = 'interface') => ({
  appliances: read([
    {
      NetworkInterfaceId: 'eni-0',
      SourceDestCheck,
      InterfaceType,
      SubnetId: here.publicSubnet,
      Attachment: { InstanceId: 'i-0' },
      TagSet: [{ Key: 'Name', Value: 'nat-a' }],
    },
  ]),
});
const unread = { appliances: here.denied('ec2:DescribeNetworkInterfaces') };

const cases: readonly Case[] = [
  ['passes on what it gets', 'open', { ...tables(toMachine), ...machine(false) }],
  [
    'drops what is not meant for it',
    'network-appliance-drops at eni-0',
    { ...tables(toMachine), ...machine(true) },
  ],
  ['is a service of AWS’s own', 'open', { ...tables(toMachine), ...machine(true, 'network_load_balancer') }],
  ['may not be read', 'open', { ...tables(toMachine), ...unread }],
  [
    'is gone',
    'network-route-blackhole at rtb-0private',
    { ...tables({ ...toMachine, State: 'blackhole' }), ...machine(false) },
  ],
];

describe('a way by a machine of the VPC', () => {
  it.each(cases.map(named))('that $told, to a host: $expected', ({ expected, parts, of }) => {
    expect(said(reach(task(of), host, vpc(parts)))).toBe(expected);
  });

  it.each(cases.map(named))('that $told, to a service: $expected', ({ expected, parts, of }) => {
    expect(said(reach(task(of), ecr, vpc(parts)))).toBe(expected);
  });

  it.each([
    ['drops', true, 'network-appliance-drops at eni-0'],
    ['passes on', false, 'open'],
  ])('that %s what leads to an endpoint', (_, check, expected) => {
    const parts = { ...having(), ...tables(here.toNat, toEndpoints), ...machine(check) };
    expect(said(reach(task(), ecr, vpc(parts)))).toBe(expected);
  });

  it('is named, with where it lies', () => {
    expect(reach(task(), host, vpc({ ...tables(toMachine), ...machine(false) }))).toMatchObject({
      reason:
        'rtb-0private sends 0.0.0.0/0 to instance i-0 (eni-0, “nat-a”) in subnet-0public, behind which nothing can be seen',
    });
  });
});
