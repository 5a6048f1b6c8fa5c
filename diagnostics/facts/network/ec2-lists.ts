import type {
  DhcpOptions,
  NatGateway,
  NetworkAcl,
  PrefixListEntry,
  RouteTable,
  VpcBlockPublicAccessOptions,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { defineFact, FactFailure } from '../../fact.ts';
import { otherServers } from '../../network/dns.ts';

/** What EC2 tells of networks, one call each, asked for by filter: an id that does not exist would fail the call. */

const pagesAtMost = 3;

interface Page<Item> {
  items: Item[] | undefined;
  next: string | undefined;
}

interface Listed<Item> {
  items: Item[];
  /** False where more pages were left unread. */
  complete: boolean;
}

async function listed<Item>(ask: (next: string | undefined) => Promise<Page<Item>>): Promise<Listed<Item>> {
  const items: Item[] = [];
  let next: string | undefined;
  for (let page = 0; page < pagesAtMost; page += 1) {
    const answer = await ask(next);
    items.push(...(answer.items ?? []));
    next = answer.next;
    if (!next) break;
  }
  return { items, complete: !next };
}

/** Everything or nothing: what a list lacks would be taken for what is not there. @throws FactFailure */
async function whole<Item>(
  what: string,
  ask: (next: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const { items, complete } = await listed(ask);
  if (!complete) throw new FactFailure(`there are more than ${items.length} ${what}`, 'Failed');
  return items;
}

/** The route tables with which these subnets are associated by themselves, by `asKey` of their ids. */
export const routeTables = defineFact<RouteTable[], readonly string[]>({
  id: 'route-tables',
  what: 'the route tables',
  actions: ['ec2:DescribeRouteTables'],
  async load({ aws }, subnets) {
    const Filters = [{ Name: 'association.subnet-id', Values: [...subnets] }];
    return whole('route tables', async (NextToken) => {
      const answer = await aws.ec2.describeRouteTables({ Filters, NextToken });
      return { items: answer.RouteTables, next: answer.NextToken };
    });
  },
});

/** The table of every subnet of a VPC that has no other. */
export const mainRouteTable = defineFact<RouteTable[], string>({
  id: 'main-route-table',
  what: 'the main route table of the VPC',
  actions: routeTables.actions,
  async load({ aws }, vpc) {
    const Filters = [
      { Name: 'vpc-id', Values: [vpc] },
      { Name: 'association.main', Values: ['true'] },
    ];
    return (await aws.ec2.describeRouteTables({ Filters })).RouteTables ?? [];
  },
});

/** A regional NAT gateway lies in no subnet, and has a table of its own. */
export const routeTablesById = defineFact<RouteTable[], readonly string[]>({
  id: 'route-tables-by-id',
  what: 'the route tables of the NAT gateways',
  actions: routeTables.actions,
  async load({ aws }, ids) {
    const Filters = [{ Name: 'route-table-id', Values: [...ids] }];
    return (await aws.ec2.describeRouteTables({ Filters })).RouteTables ?? [];
  },
});

/** All of a VPC: the main one among them, those of its NAT gateways' subnets, and those of regional NAT gateways. */
export const routeTablesOf = defineFact<RouteTable[], string>({
  id: 'route-tables-of',
  what: 'the route tables of the VPC',
  actions: routeTables.actions,
  async load({ aws }, vpc) {
    const Filters = [{ Name: 'vpc-id', Values: [vpc] }];
    return whole('route tables in the VPC', async (NextToken) => {
      const answer = await aws.ec2.describeRouteTables({ Filters, NextToken });
      return { items: answer.RouteTables, next: answer.NextToken };
    });
  },
});

export const networkAcls = defineFact<NetworkAcl[], readonly string[]>({
  id: 'network-acls',
  what: 'the network ACLs',
  actions: ['ec2:DescribeNetworkAcls'],
  async load({ aws }, subnets) {
    const Filters = [{ Name: 'association.subnet-id', Values: [...subnets] }];
    return whole('network ACLs', async (NextToken) => {
      const answer = await aws.ec2.describeNetworkAcls({ Filters, NextToken });
      return { items: answer.NetworkAcls, next: answer.NextToken };
    });
  },
});

/** Of the whole region: the VPC of the tasks is not known before their subnets are. */
export const vpcEndpoints = defineFact<Listed<VpcEndpoint>>({
  id: 'vpc-endpoints',
  what: 'the VPC endpoints',
  actions: ['ec2:DescribeVpcEndpoints'],
  load: ({ aws }) =>
    listed(async (NextToken) => {
      const answer = await aws.ec2.describeVpcEndpoints({ NextToken });
      return { items: answer.VpcEndpoints, next: answer.NextToken };
    }),
});

/** Of one VPC, where the region has too many of them. */
export const vpcEndpointsOf = defineFact<VpcEndpoint[], string>({
  id: 'vpc-endpoints-of',
  what: vpcEndpoints.what,
  actions: vpcEndpoints.actions,
  async load({ aws }, vpc) {
    const Filters = [{ Name: 'vpc-id', Values: [vpc] }];
    return whole('endpoints in the VPC', async (NextToken) => {
      const answer = await aws.ec2.describeVpcEndpoints({ Filters, NextToken });
      return { items: answer.VpcEndpoints, next: answer.NextToken };
    });
  },
});

/** Of the whole region, those deleted in the last hour among them. */
export const natGateways = defineFact<NatGateway[]>({
  id: 'nat-gateways',
  what: 'the NAT gateways',
  actions: ['ec2:DescribeNatGateways'],
  async load({ aws }) {
    const { items } = await listed(async (NextToken) => {
      const answer = await aws.ec2.describeNatGateways({ NextToken });
      return { items: answer.NatGateways, next: answer.NextToken };
    });
    return items;
  },
});

export const blockPublicAccess = defineFact<VpcBlockPublicAccessOptions>({
  id: 'block-public-access',
  what: 'whether the account blocks public access of its VPCs',
  actions: ['ec2:DescribeVpcBlockPublicAccessOptions'],
  async load({ aws }) {
    return (await aws.ec2.describeVpcBlockPublicAccessOptions({})).VpcBlockPublicAccessOptions ?? {};
  },
});

/** Whether Amazon's resolver answers in a VPC. One that another account shares has no attributes to ask for. */
export const dnsSupport = defineFact<boolean, string>({
  id: 'dns-support',
  what: 'the DNS settings of the VPC',
  actions: ['ec2:DescribeVpcAttribute'],
  async load({ aws }, VpcId) {
    const answer = await aws.ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsSupport' });
    return answer.EnableDnsSupport?.Value === true;
  },
});

/** Whether names that are private resolve in a VPC: one attribute is one call. */
export const dnsHostnames = defineFact<boolean, string>({
  id: 'dns-hostnames',
  what: dnsSupport.what,
  actions: dnsSupport.actions,
  async load({ aws }, VpcId) {
    const answer = await aws.ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsHostnames' });
    return answer.EnableDnsHostnames?.Value === true;
  },
});

/** Both attributes, for whoever needs both. */
export const vpcDns = defineFact<{ support: boolean; hostnames: boolean }, string>({
  id: 'vpc-dns',
  what: dnsSupport.what,
  actions: dnsSupport.actions,
  async load({ read }, vpc) {
    const [support, hostnames] = await Promise.all([read(dnsSupport, vpc), read(dnsHostnames, vpc)]);
    return { support, hostnames };
  },
});

/** The option set of a VPC. Which one it is stands in another answer, and matters only where they differ. */
export const dhcpOptions = defineFact<DhcpOptions, string>({
  id: 'dhcp-options',
  what: 'the DHCP options of the VPC',
  actions: ['ec2:DescribeVpcs', 'ec2:DescribeDhcpOptions'],
  async load({ aws }, vpc) {
    const sets = await whole('DHCP options', async (NextToken) => {
      const answer = await aws.ec2.describeDhcpOptions({ NextToken });
      return { items: answer.DhcpOptions, next: answer.NextToken };
    });
    if (sets.every((set) => otherServers(set).length === 0)) return {};
    const { Vpcs } = await aws.ec2.describeVpcs({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] });
    const id = Vpcs?.[0]?.DhcpOptionsId;
    // `default` stands for no set at all, which resolves through Amazon.
    if (id === 'default') return {};
    const found = sets.find(({ DhcpOptionsId }) => DhcpOptionsId === id);
    if (!found) throw new FactFailure(`the DHCP options of ${vpc} were not among the answers`, 'Failed');
    return found;
  },
});

export const prefixListEntries = defineFact<PrefixListEntry[], string>({
  id: 'prefix-list-entries',
  what: 'the entries of a prefix list',
  actions: ['ec2:GetManagedPrefixListEntries'],
  async load({ aws }, PrefixListId) {
    return whole(`entries in ${PrefixListId}`, async (NextToken) => {
      const answer = await aws.ec2.getManagedPrefixListEntries({ PrefixListId, NextToken });
      return { items: answer.Entries, next: answer.NextToken };
    });
  },
});
