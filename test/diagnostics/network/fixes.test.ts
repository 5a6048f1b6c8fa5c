import { describe, expect, it } from 'vitest';
import { fixOf } from '#diagnostics/network/fixes.ts';
import type { Need } from '#diagnostics/network/needs.ts';
import { reach } from '#diagnostics/network/reach.ts';
import type { Destination, Origin, Topology } from '#diagnostics/network/topology.ts';
import type { Fix, Target } from '#diagnostics/report.ts';
import { commandsIn, faultsOf } from '#test/diagnostics/causes/aws-cli.ts';
import { acl, groups, having, nat, only, subnets, tables, v6 } from './parts.ts';
import * as here from './vpc.ts';

const { entry, read, table, task, vpc } = here;
const target: Target = {
  environment: 'prod',
  account: here.account,
  region: here.region,
  cluster: 'prod',
  service: 'api',
};
const host: Destination = { kind: 'internet', host: 'h', port: 443 };
const dual: Destination = { ...host, dualStack: true };
const ecr: Destination = { kind: 'aws', service: 'ecr.api', region: here.region };
const toEigw = {
  DestinationIpv6CidrBlock: '::/0',
  EgressOnlyInternetGatewayId: 'eigw-0',
  State: 'active',
} as const;
const native = subnets(here.privateSubnet, {
  Ipv6Native: true,
  Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2600:1f18:1::/64' }],
});
const nat64 = {
  DestinationIpv6CidrBlock: '64:ff9b::/96',
  NatGatewayId: 'nat-0main',
  State: 'active',
} as const;
const failed: Partial<Topology> = {
  natGateways: read([{ NatGatewayId: 'nat-0main', State: 'failed', VpcId: 'vpc-0main' }]),
};
const byNat = table('rtb-0private', [here.toNat], [here.privateSubnet]);
const inZone = { AvailabilityZone: 'us-east-1a' };
const twins: Partial<Topology> = {
  subnets: read([
    here.subnet(here.privateSubnet, '10.0.1.0/24', inZone),
    here.subnet('subnet-0twin', '10.0.3.0/24', inZone),
  ]),
  routeTables: read([table('rtb-0private', [], [here.privateSubnet, 'subnet-0twin'])]),
};
const elsewhere = (routes: Parameters<typeof table>[1]): Partial<Topology> => ({
  routeTables: read([
    table('rtb-0private', routes, [here.privateSubnet]),
    table('rtb-0other', [toEigw], ['subnet-0other']),
  ]),
});

/** What mends what keeps tasks from several destinations by the first hop that is broken. */
function fixFor(
  destinations: readonly Destination[],
  parts: Partial<Topology>,
  of: Partial<Origin> = {},
  more: readonly string[] = [],
): Fix | undefined {
  const topology = vpc(parts);
  const [home, ...others] = [task(of), ...more.map((subnet) => task({ ...of, subnet }))];
  const all = [home, ...others].flatMap((origin) =>
    destinations.map((destination) => ({
      place: { ...origin, from: 'task' as const },
      need: {
        use: 'registry',
        label: 'it',
        by: 'aws',
        destination,
        symptoms: { unreachable: [], denied: [] },
      } satisfies Need,
      path: reach(origin, destination, topology),
    })),
  );
  const [first, ...rest] = all;
  if (first?.path.state !== 'broken') throw new Error('nothing is broken');
  const { cause, subject } = first.path;
  const alike = rest.filter(
    ({ path }) => path.state === 'broken' && path.cause === cause && path.subject === subject,
  );
  return fixOf({
    lines: [first, ...alike],
    subnets: [home.subnet, ...more],
    broken: first.path,
    topology,
    target,
  });
}

const cases: readonly [
  told: string,
  command: RegExp,
  to: readonly Destination[],
  parts: Partial<Topology>,
  of?: Partial<Origin>,
  more?: readonly string[],
][] = [
  [
    'egress to an endpoint',
    /^aws ec2 authorize-security-group-egress --group-id sg-0task --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=\[\{GroupId=sg-0endpoint\}\]' --region us-east-1$/,
    [ecr],
    { ...having(), ...groups([]) },
  ],
  [
    'egress to an endpoint and to the internet, which takes in both',
    /--ip-permissions '[^']*IpRanges=\[\{CidrIp=0\.0\.0\.0\/0\}\]' --region/,
    [ecr, host],
    { ...having(), ...groups([]) },
  ],
  [
    'egress to an endpoint and to another port of the internet',
    /GroupId=sg-0endpoint\}\]' 'IpProtocol=tcp,FromPort=5000,ToPort=5000,IpRanges=/,
    [ecr, { ...host, port: 5000 }],
    { ...having(), ...groups([]) },
  ],
  [
    'egress in both families',
    /IpRanges=\[\{CidrIp=0\.0\.0\.0\/0\}\]' '[^']*Ipv6Ranges=\[\{CidrIpv6=::\/0\}\]'/,
    [dual],
    { ...groups([]), ...tables(here.toNat, toEigw) },
    { ipv6: true },
  ],
  [
    'an ACL by IPv6',
    /create-network-acl-entry --network-acl-id acl-0own --egress --rule-number 100 --protocol 6 --port-range From=443,To=443 --ipv6-cidr-block ::\/0 --rule-action allow/,
    [dual],
    {
      ...native,
      ...tables(toEigw),
      ...groups([{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }]),
      ...acl(here.privateSubnet, [entry(100, false, v6)]),
    },
    { ipv6: true },
  ],
  [
    'the ACL of a NAT gateway',
    /--ingress --rule-number 200 --protocol 6 --port-range From=443,To=443 --cidr-block 10\.0\.1\.0\/24/,
    [host],
    acl(here.publicSubnet, [entry(100, true), entry(100, false, only(1024, 65_535))]),
  ],
  [
    'an ACL that lets nothing out, after what keeps attackers out',
    /--egress --rule-number 200 --protocol 6 --port-range From=443,To=443 --cidr-block 0\.0\.0\.0\/0 --rule-action allow/,
    [host],
    acl(here.privateSubnet, [
      entry(100, true, { RuleAction: 'deny', CidrBlock: '198.51.100.0/24' }),
      entry(100, false),
    ]),
  ],
  [
    'an ACL, before the rule that denies the rest',
    /--egress --rule-number 149 --protocol 6 /,
    [host],
    acl(here.privateSubnet, [
      entry(100, true, { RuleAction: 'deny', CidrBlock: '198.51.100.0/24' }),
      entry(150, true, { RuleAction: 'deny' }),
      entry(160, true),
      entry(100, false),
    ]),
  ],
  [
    'an ACL by its first number, before which there is none',
    /^aws ec2 describe-network-acls --network-acl-ids acl-0own --region us-east-1$/,
    [host],
    acl(here.privateSubnet, [entry(1, true, { RuleAction: 'deny' }), entry(100, false)]),
  ],
  [
    'a route by IPv6, to a gateway that the VPC has',
    /^aws ec2 create-route --route-table-id rtb-0private --destination-ipv6-cidr-block ::\/0 --egress-only-internet-gateway-id eigw-0 --region us-east-1$/,
    [dual],
    { ...native, ...elsewhere([]) },
    { ipv6: true },
  ],
  [
    'a route by IPv6 to what is gone',
    /^aws ec2 create-egress-only-internet-gateway --vpc-id vpc-0main --region us-east-1\naws ec2 replace-route .* --destination-ipv6-cidr-block ::\/0 --egress-only-internet-gateway-id EGRESS_ONLY_GATEWAY_ID/,
    [dual],
    { ...native, ...tables({ ...toEigw, State: 'blackhole' }) },
    { ipv6: true },
  ],
  [
    'a route around the local one to what is gone',
    /^aws ec2 delete-route --route-table-id rtb-0private --destination-cidr-block 10\.0\.2\.0\/24 --region us-east-1$/,
    [ecr],
    {
      ...having(),
      ...tables({ DestinationCidrBlock: '10.0.2.0/24', NetworkInterfaceId: 'eni-0', State: 'blackhole' }),
    },
  ],
  [
    'a route to what is gone',
    /^aws ec2 create-nat-gateway .*\naws ec2 replace-route --route-table-id rtb-0private --destination-cidr-block 0\.0\.0\.0\/0 --nat-gateway-id NAT_GATEWAY_ID/,
    [host],
    { ...tables({ ...here.toNat, State: 'blackhole' }), natGateways: read([]) },
  ],
  [
    'a route to an internet gateway that is away',
    /^aws ec2 attach-internet-gateway --internet-gateway-id igw-0main --vpc-id vpc-0main --region us-east-1$/,
    [host],
    tables({ ...here.toInternet, State: 'blackhole' }),
  ],
  [
    'a route by list to what is gone',
    /replace-route --route-table-id rtb-0private --destination-prefix-list-id pl-0all --nat-gateway-id nat-0main/,
    [host],
    {
      ...tables({ DestinationPrefixListId: 'pl-0all', TransitGatewayId: 'tgw-0', State: 'blackhole' }),
      prefixLists: { 'pl-0all': read([{ Cidr: '0.0.0.0/0' }]) },
    },
  ],
  [
    'public access that is blocked at a NAT gateway',
    /^aws ec2 create-vpc-block-public-access-exclusion --subnet-id subnet-0public --internet-gateway-exclusion-mode allow-egress --region us-east-1$/,
    [host],
    subnets(here.publicSubnet, {
      BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-bidirectional' },
    }),
  ],
  [
    'public access that is blocked at a public address, for which egress alone is not enough',
    /--subnet-id subnet-0public --internet-gateway-exclusion-mode allow-bidirectional /,
    [host],
    subnets(here.publicSubnet, { BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-ingress' } }),
    { subnet: here.publicSubnet, publicIpv4: true },
  ],
  [
    'a machine that drops what is not meant for it',
    /^aws ec2 modify-network-interface-attribute --network-interface-id eni-0 --no-source-dest-check --region us-east-1$/,
    [host],
    {
      ...tables({ DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId: 'eni-0' }),
      appliances: read([
        { NetworkInterfaceId: 'eni-0', SourceDestCheck: true, Attachment: { InstanceId: 'i-0' } },
      ]),
    },
  ],
  [
    'IPv4 from a subnet without it',
    /^aws ec2 modify-subnet-attribute --subnet-id subnet-0private --enable-dns64 --region us-east-1\naws ec2 create-route --route-table-id rtb-0private --destination-ipv6-cidr-block 64:ff9b::\/96 --nat-gateway-id nat-0main/,
    [host],
    native,
    { ipv6: true },
  ],
  [
    'IPv4 from a subnet without it, whose table leads to a NAT gateway already',
    /^aws ec2 modify-subnet-attribute --subnet-id subnet-0private --enable-dns64 --region us-east-1$/,
    [host],
    { ...native, ...tables(nat64) },
    { ipv6: true },
  ],
  [
    'a public address, and keeps the other subnets of the service',
    /awsvpcConfiguration=\{subnets=\[subnet-0public,subnet-0private\],securityGroups=\[sg-0task\],assignPublicIp=ENABLED\}/,
    [host],
    {},
    { subnet: here.publicSubnet },
    [here.privateSubnet],
  ],
  [
    'the routes of all tables to a NAT gateway that failed',
    /^aws ec2 create-nat-gateway .*\naws ec2 replace-route --route-table-id rtb-0private --destination-cidr-block 0\.0\.0\.0\/0 .*\naws ec2 replace-route --route-table-id rtb-0third --destination-cidr-block 0\.0\.0\.0\/0 --nat-gateway-id NAT_GATEWAY_ID --region us-east-1$/,
    [host],
    { ...failed, routeTables: read([byNat, table('rtb-0third', [here.toNat], [here.endpointSubnet])]) },
    {},
    [here.endpointSubnet],
  ],
  [
    'the route of NAT64 to a NAT gateway that failed',
    /replace-route --route-table-id rtb-0private --destination-ipv6-cidr-block 64:ff9b::\/96 --nat-gateway-id NAT_GATEWAY_ID/,
    [host],
    { ...subnets(here.privateSubnet, { Ipv6Native: true, EnableDns64: true }), ...tables(nat64), ...failed },
    { ipv6: true },
  ],
  [
    'a route, and not to a NAT gateway that leads nowhere itself',
    /create-route --route-table-id rtb-0private --destination-cidr-block 0\.0\.0\.0\/0 --nat-gateway-id NAT_GATEWAY_ID/,
    [host],
    { ...nat({ SubnetId: here.privateSubnet, VpcId: 'vpc-0main' }), ...tables() },
  ],
  [
    'S3 of another region, which the gateway endpoint of this one is no way to',
    /^aws ec2 create-route --route-table-id rtb-0private --destination-cidr-block 0\.0\.0\.0\/0 --nat-gateway-id nat-0main/,
    [{ kind: 'aws', service: 's3', region: 'eu-west-1' }],
    { ...having({ VpcEndpointType: 'Gateway', VpcEndpointId: 'vpce-0s3' }, 's3'), ...tables() },
  ],
  [
    'an endpoint of S3 that failed, which is in the way of a new one',
    /^aws ec2 delete-vpc-endpoints --vpc-endpoint-ids vpce-0one --region us-east-1\naws ec2 create-vpc-endpoint --vpc-id vpc-0main --service-name com\.amazonaws\.us-east-1\.s3 --route-table-ids rtb-0private --region us-east-1$/,
    [{ kind: 'aws', service: 's3', region: here.region }],
    { ...having({ State: 'Failed' }, 's3'), ...tables() },
  ],
  [
    'an endpoint with one subnet in each zone',
    / --subnet-ids subnet-0private --security-group-ids /,
    [ecr],
    { ...tables(), ...twins, natGateways: read([]) },
    {},
    ['subnet-0twin'],
  ],
];

describe('the command that mends', () => {
  it.each(cases)('%s', (_, command, to, parts, of, more) => {
    const told = fixFor(to, parts, of, more)?.cli ?? '';
    expect(told).toMatch(command);
    for (const one of commandsIn(told)) expect(faultsOf(one)).toEqual([]);
  });
});

it('a hub that is gone is missed, before a way past it is made', () => {
  const gone = tables({
    DestinationCidrBlock: '0.0.0.0/0',
    TransitGatewayId: 'tgw-0',
    State: 'blackhole',
  });
  expect(fixFor([host], gone)?.summary).toMatch(
    /^Bring back transit gateway tgw-0, or let the route 0\.0\.0\.0\/0 of rtb-0private lead to NAT gateway nat-0main/,
  );
});
