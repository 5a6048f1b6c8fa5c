import { EC2 } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { account, clientConfig, failure, start } from './small-world.ts';

const tables = Array.from({ length: 7 }, (_, index) => ({
  RouteTableId: `rtb-${index}`,
  VpcId: index < 5 ? 'vpc-1' : 'vpc-2',
  Associations: [{ Main: index === 0, ...(index > 0 && { SubnetId: `subnet-${index}` }) }],
  Routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', State: 'blackhole' as const }],
}));

async function ec2() {
  const sandbox = account({
    vpcs: [
      { VpcId: 'vpc-1', DhcpOptionsId: 'dopt-1' },
      { VpcId: 'vpc-2', OwnerId: '999999999999' },
    ],
    vpcAttributes: { 'vpc-1': { enableDnsHostnames: false } },
    dhcpOptions: [
      {
        DhcpOptionsId: 'dopt-1',
        DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: '10.0.0.2' }] }],
      },
    ],
    routeTables: tables,
    networkAcls: [
      {
        NetworkAclId: 'acl-1',
        Associations: [{ SubnetId: 'subnet-1' }],
        Entries: [{ RuleNumber: 100, Egress: true }],
      },
    ],
    vpcEndpoints: [
      {
        VpcEndpointId: 'vpce-1',
        VpcId: 'vpc-1',
        ServiceName: 'com.amazonaws.us-east-1.ecr.api',
        PolicyDocument: '{"a":"<b>"}',
      },
      { VpcEndpointId: 'vpce-2', VpcId: 'vpc-2', ServiceName: 'com.amazonaws.us-east-1.s3' },
    ],
    natGateways: [{ NatGatewayId: 'nat-1', VpcId: 'vpc-1', State: 'deleted' }],
    prefixLists: [
      {
        list: { PrefixListId: 'pl-1', PrefixListName: 'office' },
        cidrs: Array.from({ length: 150 }, (_, n) => `10.0.${n}.0/24`),
      },
    ],
    networkInterfaces: [{ NetworkInterfaceId: 'eni-1', Groups: [{ GroupId: 'sg-1' }] }],
    instances: [{ InstanceId: 'i-1', SubnetId: 'subnet-1' }],
  });
  return new EC2(await clientConfig(await start({ accounts: [sandbox] }), sandbox));
}

const by = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });

it('finds by filter what there is, and nothing for what there is not', async () => {
  const client = await ec2();
  const ofSubnets = await client.describeRouteTables(by('association.subnet-id', 'subnet-2', 'subnet-9'));
  expect(ofSubnets.RouteTables).toMatchObject([
    { RouteTableId: 'rtb-2', Routes: [{ NatGatewayId: 'nat-1', State: 'blackhole' }] },
  ]);
  const main = await client.describeRouteTables(by('association.main', 'true'));
  expect(main.RouteTables?.map(({ RouteTableId }) => RouteTableId)).toEqual(['rtb-0']);
  expect(
    (await client.describeNetworkAcls(by('association.subnet-id', 'subnet-1'))).NetworkAcls,
  ).toMatchObject([{ NetworkAclId: 'acl-1', Entries: [{ RuleNumber: 100, Egress: true }] }]);
  expect((await client.describeVpcEndpoints(by('service-name', '*.ecr.*'))).VpcEndpoints).toMatchObject([
    { VpcEndpointId: 'vpce-1', PolicyDocument: '{"a":"<b>"}' },
  ]);
  const nats = await client.describeNatGateways({ Filter: [{ Name: 'vpc-id', Values: ['vpc-1'] }] });
  expect(nats.NatGateways).toMatchObject([{ State: 'deleted' }]);
  expect((await client.describeNetworkInterfaces(by('group-id', 'sg-1'))).NetworkInterfaces).toHaveLength(1);
  const instances = await client.describeInstances(by('instance-id', 'i-1', 'i-2'));
  expect(instances.Reservations).toMatchObject([{ Instances: [{ SubnetId: 'subnet-1' }] }]);
});

it('tells the settings of a VPC one by one, and those of a shared VPC to nobody else', async () => {
  const client = await ec2();
  const support = await client.describeVpcAttribute({ VpcId: 'vpc-1', Attribute: 'enableDnsSupport' });
  expect(support.EnableDnsSupport?.Value).toBe(true);
  const hostnames = await client.describeVpcAttribute({ VpcId: 'vpc-1', Attribute: 'enableDnsHostnames' });
  expect(hostnames.EnableDnsHostnames?.Value).toBe(false);
  const shared = client.describeVpcAttribute({ VpcId: 'vpc-2', Attribute: 'enableDnsSupport' });
  expect((await failure(shared)).name).toBe('InvalidVpcID.NotFound');
  expect((await client.describeVpcs(by('vpc-id', 'vpc-1'))).Vpcs).toMatchObject([
    { DhcpOptionsId: 'dopt-1' },
  ]);
  expect((await client.describeDhcpOptions({})).DhcpOptions).toMatchObject([
    { DhcpConfigurations: [{ Values: [{ Value: '10.0.0.2' }] }] },
  ]);
  const blocked = await client.describeVpcBlockPublicAccessOptions({});
  expect(blocked.VpcBlockPublicAccessOptions?.InternetGatewayBlockMode).toBe('off');
});

it('pages as far as it is asked, and gives a hundred entries of a prefix list at a time', async () => {
  const client = await ec2();
  const first = await client.describeRouteTables({ MaxResults: 5 });
  expect(first.RouteTables).toHaveLength(5);
  const second = await client.describeRouteTables({ MaxResults: 5, NextToken: first.NextToken });
  expect(second).toMatchObject({ RouteTables: [{ RouteTableId: 'rtb-5' }, { RouteTableId: 'rtb-6' }] });
  expect(second.NextToken).toBeUndefined();
  const entries = await client.getManagedPrefixListEntries({ PrefixListId: 'pl-1' });
  expect(entries.Entries).toHaveLength(100);
  const rest = await client.getManagedPrefixListEntries({
    PrefixListId: 'pl-1',
    NextToken: entries.NextToken,
  });
  expect(rest.Entries).toHaveLength(50);
});

it.each<[string, (client: EC2) => Promise<unknown>]>([
  ['InvalidRouteTableID.NotFound', (client) => client.describeRouteTables({ RouteTableIds: ['rtb-99'] })],
  ['InvalidNetworkAclID.NotFound', (client) => client.describeNetworkAcls({ NetworkAclIds: ['acl-99'] })],
  ['InvalidVpcEndpointId.NotFound', (client) => client.describeVpcEndpoints({ VpcEndpointIds: ['vpce-99'] })],
  ['NatGatewayNotFound', (client) => client.describeNatGateways({ NatGatewayIds: ['nat-99'] })],
  ['InvalidPrefixListID.NotFound', (client) => client.getManagedPrefixListEntries({ PrefixListId: 'pl-99' })],
  ['InvalidInstanceID.NotFound', (client) => client.describeInstances({ InstanceIds: ['i-99'] })],
  ['InvalidParameterValue', (client) => client.describeRouteTables({ MaxResults: 4 })],
])('refuses with %s', async (name, ask) => {
  expect((await failure(ask(await ec2()))).name).toBe(name);
});
