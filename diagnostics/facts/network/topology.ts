import type { NatGateway, RouteTable, SecurityGroup, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2';
import { defineFact, type FactContext } from '../../fact.ts';
import type { Topology } from '../../network/topology.ts';
import { partOf, type Read } from '../read.ts';
import { asKey, securityGroups } from '../security-groups.ts';
import { subnetsById } from '../subnets.ts';
import {
  blockPublicAccess,
  dhcpOptions,
  mainRouteTable,
  natGateways,
  networkAcls,
  prefixListEntries,
  routeTables,
  routeTablesById,
  vpcDns,
  vpcEndpoints,
  vpcEndpointsOf,
} from './ec2-lists.ts';
import { hostedZones } from './hosted-zones.ts';

/** Where tasks sit: the subnets and security groups of their interfaces. */
export interface TopologyKey {
  /** As `asKey` puts them. */
  subnets: readonly string[];
  groups: readonly string[];
}

/**
 * The network around these subnets and groups, as far as it can be read; what cannot is marked, with the reason.
 * Two rounds of calls, and a third where an endpoint's security group names a prefix list.
 */
export const topology = defineFact<Topology, TopologyKey>({
  id: 'topology',
  what: 'the network of the tasks',
  actions: [
    ...new Set(
      [
        subnetsById,
        securityGroups,
        routeTables,
        networkAcls,
        vpcEndpoints,
        natGateways,
        blockPublicAccess,
        vpcDns,
        dhcpOptions,
        prefixListEntries,
        hostedZones,
      ].flatMap(({ actions }) => actions),
    ),
  ],
  async load(context, { subnets: ids, groups }) {
    const { settle, target } = context;
    const [subnets, tables, own, endpoints, nats, publicAccess] = await Promise.all([
      settle(subnetsById, ids),
      settle(routeTables, ids),
      settle(securityGroups, groups),
      settle(vpcEndpoints),
      settle(natGateways),
      settle(blockPublicAccess),
    ]);
    const found = subnets.ok ? subnets.value : [];
    const vpc = found[0]?.VpcId;
    const known = {
      found,
      tables: tables.ok ? tables.value : [],
      groups: own.ok ? own.value : [],
      nats: nats.ok ? nats.value : [],
      isBlocking: !publicAccess.ok || (publicAccess.value.InternetGatewayBlockMode ?? 'off') !== 'off',
    };
    const base = {
      account: target.account,
      region: target.region,
      subnets: partOf(subnetsById.what, subnets),
      routeTables: partOf(routeTables.what, tables),
      securityGroups: partOf(securityGroups.what, own),
      natGateways: partOf(natGateways.what, nats),
      blockPublicAccess: partOf(blockPublicAccess.what, publicAccess),
    };
    if (vpc === undefined)
      return {
        ...base,
        networkAcls: undefined,
        endpoints: undefined,
        prefixLists: {},
        vpcDns: undefined,
        dhcpOptions: undefined,
      };
    const all: Read<readonly VpcEndpoint[]> =
      endpoints.ok && !endpoints.value.complete
        ? partOf(vpcEndpoints.what, await settle(vpcEndpointsOf, vpc))
        : endpoints.ok
          ? { ok: true, value: endpoints.value.items.filter(({ VpcId }) => VpcId === vpc) }
          : partOf(vpcEndpoints.what, endpoints);
    return { ...base, endpoints: all, ...(await aroundVpc(context, vpc, known, all, base)) };
  },
});

interface Known {
  found: readonly Subnet[];
  tables: readonly RouteTable[];
  groups: readonly SecurityGroup[];
  nats: readonly NatGateway[];
  /** Whether public access is blocked somewhere, or that is not known. */
  isBlocking: boolean;
}

type Base = Pick<Topology, 'subnets' | 'routeTables' | 'securityGroups'>;

/** The second round: what the first one leads to. */
async function aroundVpc(
  context: FactContext,
  vpc: string,
  known: Known,
  endpoints: Read<readonly VpcEndpoint[]>,
  base: Base,
) {
  const { settle, target } = context;
  const { found, tables, nats } = known;
  const interfaces = (endpoints.ok ? endpoints.value : []).filter(matters);
  const used = natsOf(tables, nats);
  // Their own route may lead there by a table that is only read in this round; then all of the VPC come into question.
  const gateways = needsMain(found, tables) ? nats.filter(({ VpcId }) => VpcId === vpc) : used;
  const natSubnets = gateways.flatMap(({ SubnetId }) => SubnetId ?? []);
  const natTables = gateways.flatMap(({ RouteTableId }) => RouteTableId ?? []);
  const ids = found.map(({ SubnetId = '' }) => SubnetId);
  const endpointSubnets = interfaces.flatMap(({ SubnetIds }) => SubnetIds ?? []);
  const others = asKey([...endpointSubnets, ...(known.isBlocking ? natSubnets : [])]).filter(
    (id) => !ids.includes(id),
  );
  const endpointGroups = asKey(
    interfaces.flatMap(({ Groups = [] }) => Groups.map(({ GroupId = '' }) => GroupId)),
  );
  const shared = found.some(({ OwnerId }) => OwnerId !== undefined && OwnerId !== target.account);
  const [dns, zones, dhcp, main, ofNats, regional, acls, more, groups, lists] = await Promise.all([
    settle(vpcDns, vpc),
    // Only the owner of a VPC may list its zones.
    shared ? undefined : settle(hostedZones, vpc),
    interfaces.length > 0 ? settle(dhcpOptions, vpc) : undefined,
    needsMain(found, tables) || natSubnets.length > 0 ? settle(mainRouteTable, vpc) : undefined,
    natSubnets.length > 0 ? settle(routeTables, asKey(natSubnets)) : undefined,
    natTables.length > 0 ? settle(routeTablesById, asKey(natTables)) : undefined,
    settle(networkAcls, asKey([...ids, ...endpointSubnets, ...natSubnets])),
    others.length > 0 ? settle(subnetsById, others) : undefined,
    endpointGroups.length > 0 ? settle(securityGroups, endpointGroups) : undefined,
    listsOf(context, [...listsInRoutes(tables), ...listsInGroups(known.groups)]),
  ]);
  // Without Amazon's resolver it matters who answers instead.
  const resolver = dhcp ?? (dns.ok && !dns.value.support ? await settle(dhcpOptions, vpc) : undefined);
  const admitted = groups?.ok ? groups.value : [];
  const named = listsInGroups(admitted).filter((id) => lists[id] === undefined);
  return {
    subnets: joined(base.subnets, more && partOf(subnetsById.what, more)),
    routeTables: [main, ofNats, regional].reduce<Topology['routeTables']>((part, one) => {
      const read = one && partOf(routeTables.what, one);
      // A subnet whose own table is missing would be taken for one that has the main table.
      return part?.ok && read && !read.ok ? read : joined(part, read);
    }, base.routeTables),
    securityGroups: joined(base.securityGroups, groups && partOf(securityGroups.what, groups)),
    networkAcls: partOf(networkAcls.what, acls),
    vpcDns: partOf(vpcDns.what, dns),
    dhcpOptions: resolver && partOf(dhcpOptions.what, resolver),
    hostedZones: zones && partOf(hostedZones.what, zones),
    prefixLists: { ...lists, ...(await listsOf(context, named)) },
  };
}

/** Services that ECS itself calls; what an application calls through its endpoints is not known. */
const called =
  /\.(?:ecr\.api|ecr\.dkr|s3|logs|secretsmanager|ssm|ssmmessages|kms|ecs|ecs-agent|ecs-telemetry)$/;

/** An endpoint without private DNS is asked by nobody who does not know it. */
function matters({
  VpcEndpointType = 'Interface',
  ServiceName = '',
  PrivateDnsEnabled,
}: VpcEndpoint): boolean {
  return VpcEndpointType === 'Interface' && PrivateDnsEnabled === true && called.test(ServiceName);
}

function natsOf(tables: readonly RouteTable[], nats: readonly NatGateway[]): NatGateway[] {
  const ids = new Set(tables.flatMap(({ Routes = [] }) => Routes.map(({ NatGatewayId }) => NatGatewayId)));
  return nats.filter(({ NatGatewayId }) => ids.has(NatGatewayId));
}

function needsMain(subnets: readonly Subnet[], tables: readonly RouteTable[]): boolean {
  const explicit = new Set(
    tables.flatMap(({ Associations = [] }) => Associations.map(({ SubnetId }) => SubnetId)),
  );
  return subnets.some(({ SubnetId }) => !explicit.has(SubnetId));
}

/** Of AWS's own lists behind gateway endpoints the addresses decide nothing. */
function listsInRoutes(tables: readonly RouteTable[]): string[] {
  return tables.flatMap(({ Routes = [] }) =>
    Routes.flatMap(({ DestinationPrefixListId, GatewayId }) =>
      DestinationPrefixListId && !GatewayId?.startsWith('vpce-') ? [DestinationPrefixListId] : [],
    ),
  );
}

function listsInGroups(groups: readonly SecurityGroup[]): string[] {
  return groups.flatMap(({ IpPermissions = [], IpPermissionsEgress = [] }) => {
    const isOpen = IpPermissionsEgress.some(
      ({ IpProtocol, IpRanges = [] }) =>
        IpProtocol === '-1' && IpRanges.some(({ CidrIp }) => CidrIp === '0.0.0.0/0'),
    );
    const rules = [...IpPermissions, ...(isOpen ? [] : IpPermissionsEgress)];
    return rules.flatMap(({ PrefixListIds = [] }) =>
      PrefixListIds.map(({ PrefixListId = '' }) => PrefixListId),
    );
  });
}

async function listsOf({ settle }: FactContext, ids: readonly string[]): Promise<Topology['prefixLists']> {
  const entries = await Promise.all(
    [...new Set(ids)].map(
      async (id) => [id, partOf(`the entries of ${id}`, await settle(prefixListEntries, id))] as const,
    ),
  );
  return Object.fromEntries(entries);
}

/** A list with what a second call adds to it; what that failed to bring is missing from it, and so not known. */
function joined<Item>(
  first: Read<readonly Item[]> | undefined,
  second: Read<readonly Item[]> | undefined,
): Read<readonly Item[]> | undefined {
  if (!first?.ok || second === undefined) return first;
  return second.ok ? { ok: true, value: [...first.value, ...second.value] } : first;
}
