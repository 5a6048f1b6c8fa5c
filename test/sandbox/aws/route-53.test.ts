import { ListHostedZonesByVPCCommand, Route53Client } from '@aws-sdk/client-route-53';
import { expect, it } from 'vitest';
import { account, accountId, clientConfig, failure, start } from './small-world.ts';

const vpc = { VPCId: 'vpc-0a', VPCRegion: 'us-east-1' } as const;
const zone = (HostedZoneId: string, Name: string) => ({
  zone: { HostedZoneId, Name, Owner: { OwningAccount: accountId } },
  vpcs: [vpc],
});
const sandbox = account({
  vpcs: [{ VpcId: 'vpc-0a' }, { VpcId: 'vpc-0b' }],
  hostedZones: [
    zone('Z01', 'internal.'),
    { zone: { HostedZoneId: 'Z02', Name: 'other.', Owner: {} }, vpcs: [{ ...vpc, VPCId: 'vpc-0b' }] },
    zone('Z03', 'ecr.us-east-1.amazonaws.com.'),
  ],
});

async function route53() {
  const endpoint = await start({ accounts: [sandbox] });
  // Signed for the region of the global endpoint wherever the VPC lies.
  const client = new Route53Client({ ...(await clientConfig(endpoint, sandbox)), region: 'eu-west-1' });
  return { client, endpoint };
}

it('pages through the private zones of one VPC', async () => {
  const { client } = await route53();
  const first = await client.send(new ListHostedZonesByVPCCommand({ ...vpc, MaxItems: 1 }));
  expect(first.HostedZoneSummaries).toEqual([sandbox.world.hostedZones?.[0]?.zone]);
  expect(first.MaxItems).toBe(1);
  const { NextToken } = first;
  const second = await client.send(new ListHostedZonesByVPCCommand({ ...vpc, MaxItems: 1, NextToken }));
  expect(second.HostedZoneSummaries).toEqual([sandbox.world.hostedZones?.[2]?.zone]);
  expect(second.NextToken).toBeUndefined();
});

it('names its errors as Route 53 does', async () => {
  const { client } = await route53();
  const token = await failure(
    client.send(new ListHostedZonesByVPCCommand({ ...vpc, NextToken: 'of another list' })),
  );
  expect(token).toMatchObject({ name: 'InvalidPaginationToken' });
  const unknown = await failure(client.send(new ListHostedZonesByVPCCommand({ ...vpc, VPCId: 'vpc-0none' })));
  expect(unknown).toMatchObject({ name: 'InvalidInput', $metadata: { httpStatusCode: 400 } });
});

it.each(['route53:ListHostedZonesByVPC', 'ec2:DescribeVpcs'])('refuses without %s', async (action) => {
  const { client, endpoint } = await route53();
  endpoint.faults.add(action, { kind: 'deny' });
  const refused = await failure(client.send(new ListHostedZonesByVPCCommand(vpc)));
  expect(refused).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  expect(refused.message).toContain(`is not authorized to perform: ${action}`);
});
