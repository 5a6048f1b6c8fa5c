import type { NatGateway, RouteTable, SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import type { FactContext } from '../../fact.ts';
import type { Part, Topology } from '../../network/topology.ts';
import {
  blockPublicAccess,
  mainRouteTable,
  natGateways,
  networkAcls,
  prefixListEntries,
  routeTables,
  routeTablesById,
} from '../network/ec2-lists.ts';
import { partOf } from '../read.ts';
import { asKey, securityGroups } from '../security-groups.ts';
import { subnetsById } from '../subnets.ts';

/** Subnets with their tables and ACLs, and security groups: what a connection inside a VPC passes. One round. */
export async function around(
  context: FactContext,
  subnets: readonly string[],
  groups: readonly string[],
): Promise<Topology> {
  const [front, tables] = await Promise.all([
    aroundFront(context, subnets, groups),
    context.settle(routeTables, asKey(subnets)),
  ]);
  return { ...front, routeTables: partOf(routeTables.what, tables) };
}

/** As before without the tables: where connections come to, and do not begin. */
export async function aroundFront(
  { settle, target }: FactContext,
  subnets: readonly string[],
  groups: readonly string[],
): Promise<Topology> {
  const ids = asKey(subnets);
  const [found, acls, rules] = await Promise.all([
    settle(subnetsById, ids),
    settle(networkAcls, ids),
    settle(securityGroups, asKey(groups)),
  ]);
  return {
    account: target.account,
    region: target.region,
    subnets: partOf(subnetsById.what, found),
    routeTables: undefined,
    networkAcls: partOf(networkAcls.what, acls),
    securityGroups: partOf(securityGroups.what, rules),
    endpoints: undefined,
    natGateways: undefined,
    prefixLists: {},
    vpcDns: undefined,
    dhcpOptions: undefined,
    blockPublicAccess: undefined,
  };
}

/** Main tables of the VPCs whose subnets have no other, and the entries of prefix lists that the groups name. */
export async function completed(context: FactContext, topology: Topology): Promise<Topology> {
  const { settle } = context;
  const tables = itemsOf(topology.routeTables);
  const bare = topology.routeTables?.ok
    ? itemsOf(topology.subnets).filter(({ SubnetId = '' }) => !hasTable(SubnetId, tables))
    : [];
  const vpcs = asKey(bare.flatMap(({ VpcId }) => VpcId ?? []));
  const [mains, lists] = await Promise.all([
    Promise.all(vpcs.map(async (vpc) => partOf(mainRouteTable.what, await settle(mainRouteTable, vpc)))),
    listsOf(context, listsIn(itemsOf(topology.securityGroups), tables)),
  ]);
  return {
    ...topology,
    routeTables: withAll(topology.routeTables, mains),
    prefixLists: { ...topology.prefixLists, ...lists },
  };
}

/** What leads out of the VPC and is not known yet: NAT gateways with their own subnets and tables. */
export async function wayOut({ settle }: FactContext, topology: Topology): Promise<Topology> {
  const [nats, access] = await Promise.all([settle(natGateways), settle(blockPublicAccess)]);
  const used = natsOf(topology, nats.ok ? nats.value : []);
  const subnets = asKey(used.flatMap(({ SubnetId }) => SubnetId ?? []));
  const ids = asKey(used.flatMap(({ RouteTableId }) => RouteTableId ?? []));
  const isBlocking = !access.ok || (access.value.InternetGatewayBlockMode ?? 'off') !== 'off';
  const [ofSubnets, byId, main, places] = await Promise.all([
    subnets.length > 0 ? settle(routeTables, subnets) : undefined,
    ids.length > 0 ? settle(routeTablesById, ids) : undefined,
    subnets.length > 0 ? settle(mainRouteTable, used[0]?.VpcId ?? '') : undefined,
    subnets.length > 0 && isBlocking ? settle(subnetsById, subnets) : undefined,
  ]);
  const tables = [ofSubnets, byId, main].flatMap((one) => (one ? [partOf(routeTables.what, one)] : []));
  return {
    ...topology,
    natGateways: partOf(natGateways.what, nats),
    blockPublicAccess: partOf(blockPublicAccess.what, access),
    routeTables: withAll({ ok: true, value: [] }, tables),
    subnets: places && partOf(subnetsById.what, places),
    networkAcls: undefined,
    securityGroups: undefined,
  };
}

/** A subnet whose own table is missing would be taken for one that has the main one. */
function withAll(
  first: Part<readonly RouteTable[]>,
  more: readonly Part<readonly RouteTable[]>[],
): Part<readonly RouteTable[]> {
  return more.find((one) => one && !one.ok) ?? more.reduce(joined, first);
}

/** Those of the tables; where a main table is only read now, all of the VPC come into question. */
function natsOf({ subnets, routeTables: read }: Topology, nats: readonly NatGateway[]): NatGateway[] {
  const tables = itemsOf(read);
  const places: readonly Subnet[] = itemsOf(subnets);
  const needsMain = places.some(({ SubnetId = '' }) => !hasTable(SubnetId, tables));
  const ids = new Set(tables.flatMap(({ Routes = [] }) => Routes.map(({ NatGatewayId }) => NatGatewayId)));
  return nats.filter(
    ({ NatGatewayId, VpcId }) =>
      ids.has(NatGatewayId) || (needsMain && places.some((one) => one.VpcId === VpcId)),
  );
}

function hasTable(subnet: string, tables: readonly RouteTable[]): boolean {
  return tables.some(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnet));
}

function listsIn(groups: readonly SecurityGroup[], tables: readonly RouteTable[]): string[] {
  const rules = groups.flatMap(({ IpPermissions = [], IpPermissionsEgress = [] }) => [
    ...IpPermissions,
    ...IpPermissionsEgress,
  ]);
  return [
    ...rules.flatMap(({ PrefixListIds = [] }) => PrefixListIds.map(({ PrefixListId = '' }) => PrefixListId)),
    // Of AWS's own lists behind gateway endpoints the addresses decide nothing here.
    ...tables.flatMap(({ Routes = [] }) =>
      Routes.flatMap(({ DestinationPrefixListId, GatewayId }) =>
        DestinationPrefixListId && !GatewayId?.startsWith('vpce-') ? [DestinationPrefixListId] : [],
      ),
    ),
  ];
}

async function listsOf({ settle }: FactContext, ids: readonly string[]): Promise<Topology['prefixLists']> {
  const entries = asKey(ids).map(
    async (id) => [id, partOf(`the entries of ${id}`, await settle(prefixListEntries, id))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

function itemsOf<Item>(part: Part<readonly Item[]>): readonly Item[] {
  return part?.ok ? part.value : [];
}

/** Two parts of one network as one. What could not be read of the second is missing from it, and so not known. */
export function merged(one: Topology, other: Topology): Topology {
  const tables = other.routeTables ? [other.routeTables] : [];
  return {
    ...other,
    ...one,
    subnets: joined(one.subnets, other.subnets),
    routeTables: one.routeTables ? withAll(one.routeTables, tables) : other.routeTables,
    networkAcls: joined(one.networkAcls, other.networkAcls),
    securityGroups: joined(one.securityGroups, other.securityGroups),
    natGateways: one.natGateways ?? other.natGateways,
    blockPublicAccess: one.blockPublicAccess ?? other.blockPublicAccess,
    prefixLists: { ...other.prefixLists, ...one.prefixLists },
  };
}

function joined<Item>(first: Part<readonly Item[]>, second: Part<readonly Item[]>): Part<readonly Item[]> {
  if (!first) return second;
  return first.ok && second?.ok ? { ok: true, value: [...first.value, ...second.value] } : first;
}
