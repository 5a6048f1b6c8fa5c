import type { Route, Subnet } from '@aws-sdk/client-ec2';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { vpcOf, zonesOf } from './network.ts';
import { between, hex } from './seeded.ts';
import { subnetOf } from './subnet.ts';
import { aclOf, local, mainTableOf, natOf, openEntries, s3Gateway, tableOf } from './vpc-parts.ts';

/** Ids of everything in one VPC, told from its name; the VPC without one is that of the whole environment. */
export interface Ids {
  vpc: string;
  /** In the zones a, b and c. */
  privateSubnets: [string, string, string];
  publicSubnets: [string, string, string];
  privateTable: string;
  publicTable: string;
  mainTable: string;
  acl: string;
  nat: string;
  igw: string;
  dhcp: string;
  s3: string;
}

export function idsOf(place: Place, name = ''): Ids {
  const seed = `${place.cluster}${name && ` ${name}`}`;
  const id = (kind: string, what: string) => `${kind}-0${hex(`${seed} ${what}`, 16)}`;
  const three = (of: (letter: string, index: number) => string): [string, string, string] => [
    of('a', 0),
    of('b', 1),
    of('c', 2),
  ];
  return {
    vpc: name === '' ? vpcOf(place) : id('vpc', 'vpc'),
    privateSubnets: three((letter, index) =>
      name === '' ? (zonesOf(place)[index]?.subnet ?? '') : id('subnet', `subnet ${letter}`),
    ),
    publicSubnets: three((letter) => id('subnet', `public subnet ${place.region}${letter}`)),
    privateTable: id('rtb', 'private'),
    publicTable: id('rtb', 'public'),
    mainTable: id('rtb', 'main'),
    acl: id('acl', 'default'),
    nat: id('nat', 'nat'),
    igw: id('igw', 'igw'),
    dhcp: id('dopt', 'dhcp'),
    s3: id('vpce', 's3'),
  };
}

/** The prefix list by which AWS names its S3 addresses, and the addresses. */
export const s3Lists: Record<string, { id: string; cidrs: string[] }> = {
  'us-east-1': {
    id: 'pl-63a5400a',
    cidrs: ['3.5.0.0/19', '16.15.192.0/18', '52.216.0.0/15', '54.231.0.0/16'],
  },
  'eu-west-1': {
    id: 'pl-6da54004',
    cidrs: ['3.5.64.0/21', '18.34.240.0/22', '52.92.0.0/17', '52.218.0.0/17'],
  },
};

/**
 * A VPC as a careful team sets it up: three private subnets that leave through a NAT gateway, three public ones, the
 * default network ACL, an S3 gateway endpoint, and names resolved by Amazon.
 */
export function vpcWorld(place: Place, name = ''): Partial<World> {
  const ids = idsOf(place, name);
  const { account, region } = place;
  const range = `${zonesOf(place)[0].prefix}.0.0/16`;
  const s3 = s3Lists[region] ?? { id: 'pl-00000000', cidrs: [] };
  const label = name === '' ? place.cluster : `${place.cluster}-${name}`;
  return {
    vpcs: [
      {
        VpcId: ids.vpc,
        CidrBlock: range,
        CidrBlockAssociationSet: [
          { CidrBlock: range, CidrBlockState: { State: 'associated' }, AssociationId: `vpc-cidr-${ids.vpc}` },
        ],
        DhcpOptionsId: ids.dhcp,
        State: 'available',
        OwnerId: account,
        InstanceTenancy: 'default',
        IsDefault: false,
        Tags: [{ Key: 'Name', Value: label }],
      },
    ],
    dhcpOptions: [
      {
        DhcpOptionsId: ids.dhcp,
        OwnerId: account,
        DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] }],
        Tags: [],
      },
    ],
    subnets: subnetsOf(place, ids, label),
    routeTables: [
      tableOf(place, ids.vpc, ids.privateTable, ids.privateSubnets, [
        local(range),
        ...privateRoutes(place, ids),
      ]),
      tableOf(place, ids.vpc, ids.publicTable, ids.publicSubnets, [
        local(range),
        { DestinationCidrBlock: '0.0.0.0/0', GatewayId: ids.igw, Origin: 'CreateRoute', State: 'active' },
      ]),
      mainTableOf(place, ids.vpc, ids.mainTable, [local(range)]),
    ],
    networkAcls: [aclOf(place, ids.vpc, ids.acl, [...ids.privateSubnets, ...ids.publicSubnets], openEntries)],
    natGateways: [natOf(ids.vpc, ids.nat, ids.publicSubnets[0], `${label} nat`)],
    vpcEndpoints: [s3Gateway(place, ids.vpc, ids.s3, [ids.privateTable])],
    prefixLists: [
      {
        list: {
          PrefixListId: s3.id,
          PrefixListName: `com.amazonaws.${region}.s3`,
          PrefixListArn: `arn:aws:ec2:${region}:aws:prefix-list/${s3.id}`,
          AddressFamily: 'IPv4',
          OwnerId: 'AWS',
        },
        cidrs: s3.cidrs,
      },
    ],
  };
}

/** How a private subnet leaves: through the NAT gateway, and to S3 through its gateway endpoint. */
export function privateRoutes({ region }: Place, ids: Ids): Route[] {
  return [
    { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ids.nat, Origin: 'CreateRoute', State: 'active' },
    {
      DestinationPrefixListId: s3Lists[region]?.id,
      GatewayId: ids.s3,
      Origin: 'CreateRoute',
      State: 'active',
    },
  ];
}

function subnetsOf(place: Place, ids: Ids, label: string): Subnet[] {
  return zonesOf(place).flatMap(({ name: zone, prefix, third }, index) => {
    const letter = zone.slice(-1);
    const [own = '', open = ''] = [ids.privateSubnets[index], ids.publicSubnets[index]];
    return [
      subnetOf(place, own, {
        vpc: ids.vpc,
        zone,
        cidr: `${prefix}.${third}.0/18`,
        free: between(`${own} free`, 14_200, 15_900),
        name: `${label}-private-${letter}`,
      }),
      subnetOf(place, open, {
        vpc: ids.vpc,
        zone,
        cidr: `${prefix}.${240 + 4 * index}.0/22`,
        free: between(`${open} free`, 960, 1_012),
        name: `${label}-public-${letter}`,
      }),
    ];
  });
}
