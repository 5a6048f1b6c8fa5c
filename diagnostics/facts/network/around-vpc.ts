import type { NatGateway, RouteTable, SecurityGroup, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2';
import type { FactContext } from '../../fact.ts';
import { mayHideWays } from '../../network/hidden-ways.ts';
import type { Topology } from '../../network/topology.ts';
import { partOf, type Read } from '../read.ts';
import { asKey, securityGroups } from '../security-groups.ts';
import { subnetsById } from '../subnets.ts';
import {
  blockPublicAccess,
  dhcpOptions,
  dnsHostnames,
  dnsSupport,
  networkAcls,
  routeTables,
  routeTablesOf,
} from './ec2-lists.ts';
import { hostedZones } from './hosted-zones.ts';
import { appliances } from './hosts.ts';
import { listsInGroups, listsInRoutes, listsOf } from './prefix-lists.ts';

/** What the first round brought. */
export interface Known {
  vpc: string;
  found: readonly Subnet[];
  tables: readonly RouteTable[];
  groups: readonly SecurityGroup[];
  nats: readonly NatGateway[];
  /** Of the VPC. */
  endpoints: readonly VpcEndpoint[];
}

type Base = Pick<Topology, 'subnets' | 'routeTables' | 'securityGroups'>;

/** The second round: what the first one leads to; and a third for what only the tables of the second tell. */
export async function aroundVpc(context: FactContext, known: Known, base: Base) {
  const { settle } = context;
  const { vpc, found, tables, endpoints } = known;
  const interfaces = endpoints.filter(matters);
  const { natSubnets, natTables, bare, readsTables } = nats(known);
  const ids = found.map(({ SubnetId = '' }) => SubnetId);
  const endpointSubnets = interfaces.flatMap(({ SubnetIds }) => SubnetIds ?? []);
  const others = asKey([...endpointSubnets, ...natSubnets]).filter((id) => !ids.includes(id));
  const endpointGroups = asKey(
    interfaces.flatMap(({ Groups = [] }) => Groups.map(({ GroupId = '' }) => GroupId)),
  );
  // Only the owner of a VPC may ask for its settings and its zones.
  const own = !found.some(({ OwnerId }) => OwnerId !== undefined && OwnerId !== context.target.account);
  const machines = machinesIn(tables);
  const [support, hostnames, zones, dhcp, ofVpc, acls, more, groups, seen, lists] = await Promise.all([
    own ? settle(dnsSupport, vpc) : undefined,
    own && interfaces.length > 0 ? settle(dnsHostnames, vpc) : undefined,
    own ? settle(hostedZones, vpc) : undefined,
    interfaces.length > 0 || mayHideWays(endpoints.filter(isCalled), tables)
      ? settle(dhcpOptions, vpc)
      : undefined,
    readsTables ? settle(routeTablesOf, vpc) : undefined,
    settle(networkAcls, asKey([...ids, ...endpointSubnets, ...natSubnets])),
    others.length > 0 ? settle(subnetsById, others) : undefined,
    endpointGroups.length > 0 ? settle(securityGroups, endpointGroups) : undefined,
    machines.length > 0 ? settle(appliances, machines) : undefined,
    listsOf(context, [...listsInRoutes(tables), ...listsInGroups(known.groups)]),
  ]);
  const dns = support && partOf(dnsSupport.what, support);
  const names = hostnames && partOf(dnsHostnames.what, hostnames);
  const rest = ofVpc?.ok ? ofVpc.value : [];
  const main = bare ? rest.filter(({ Associations = [] }) => Associations.some(({ Main }) => Main)) : [];
  const behind = rest.filter(
    ({ RouteTableId = '', Associations = [] }) =>
      natTables.includes(RouteTableId) ||
      Associations.some(({ SubnetId = '' }) => natSubnets.includes(SubnetId)),
  );
  const named = [
    ...listsInGroups(groups?.ok ? groups.value : []),
    ...listsInRoutes([...main, ...behind]),
  ].filter((id) => lists[id] === undefined);
  const further = machinesIn(main).filter((id) => !machines.includes(id));
  // Each subnet tells by itself whether public access is blocked; the account is asked where one does not.
  const silent = [...found, ...(more?.ok ? more.value : [])].some(
    ({ BlockPublicAccessStates }) => BlockPublicAccessStates?.InternetGatewayBlockMode === undefined,
  );
  const [resolver, publicAccess, moreLists, moreSeen] = await Promise.all([
    // Without Amazon's resolver it matters who answers instead.
    dhcp ?? ((dns?.ok && !dns.value) || mayHideWays([], main) ? settle(dhcpOptions, vpc) : undefined),
    silent || (more && !more.ok) ? settle(blockPublicAccess) : undefined,
    listsOf(context, named),
    further.length > 0 ? settle(appliances, further) : undefined,
  ]);
  return {
    subnets: joined(base.subnets, more && partOf(subnetsById.what, more)),
    routeTables: ofVpc ? partOf(routeTables.what, ofVpc) : base.routeTables,
    securityGroups: joined(base.securityGroups, groups && partOf(securityGroups.what, groups)),
    networkAcls: partOf(networkAcls.what, acls),
    vpcDns: settingsOf(dns, names),
    dhcpOptions: resolver && partOf(dhcpOptions.what, resolver),
    hostedZones: zones && partOf(hostedZones.what, zones),
    appliances: joined(seen && partOf(appliances.what, seen), moreSeen && partOf(appliances.what, moreSeen)),
    blockPublicAccess: publicAccess && partOf(blockPublicAccess.what, publicAccess),
    prefixLists: { ...lists, ...moreLists },
  };
}

/** The NAT gateways that come into question, and whether further route tables have to be read; `bare`: for the main one. */
function nats({ vpc, found, tables, nats: all }: Known) {
  const bare = needsMain(found, tables);
  const named = new Set(
    tables.flatMap(({ Routes = [] }) => Routes.flatMap(({ NatGatewayId }) => NatGatewayId ?? [])),
  );
  // The main table is not known yet and may lead to any of the VPC.
  const used = all.filter(({ VpcId, NatGatewayId = '' }) => (bare ? VpcId === vpc : named.has(NatGatewayId)));
  return {
    natSubnets: used.flatMap(({ SubnetId }) => SubnetId ?? []),
    natTables: used.flatMap(({ RouteTableId }) => RouteTableId ?? []),
    bare,
    readsTables: bare || used.length > 0,
  };
}

function machinesIn(tables: readonly RouteTable[]): readonly string[] {
  return asKey(
    tables.flatMap(({ Routes = [] }) => Routes.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? [])),
  );
}

function settingsOf(
  support: Read<boolean> | undefined,
  hostnames: Read<boolean> | undefined,
): Topology['vpcDns'] {
  if (!support?.ok) return support;
  if (hostnames && !hostnames.ok) return hostnames;
  return { ok: true, value: { support: support.value, ...(hostnames && { hostnames: hostnames.value }) } };
}

/** Services that ECS itself calls; what an application calls through its endpoints is not known. */
const called =
  /\.(?:ecr\.api|ecr\.dkr|s3|logs|secretsmanager|ssm|ssmmessages|kms|ecs|ecs-agent|ecs-telemetry)$/;

function isCalled({ VpcEndpointType = 'Interface', ServiceName = '' }: VpcEndpoint): boolean {
  return VpcEndpointType === 'Interface' && called.test(ServiceName);
}

/** An endpoint without private DNS is asked by nobody who does not know it. */
function matters(endpoint: VpcEndpoint): boolean {
  return endpoint.PrivateDnsEnabled === true && isCalled(endpoint);
}

function needsMain(subnets: readonly Subnet[], tables: readonly RouteTable[]): boolean {
  const explicit = new Set(
    tables.flatMap(({ Associations = [] }) => Associations.map(({ SubnetId }) => SubnetId)),
  );
  return subnets.some(({ SubnetId }) => !explicit.has(SubnetId));
}

/** A list with what a further call adds to it; what that failed to bring is missing from it, and so not known. */
function joined<Item>(
  first: Read<readonly Item[]> | undefined,
  second: Read<readonly Item[]> | undefined,
): Read<readonly Item[]> | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  if (!first.ok) return first;
  return second.ok ? { ok: true, value: [...first.value, ...second.value] } : first;
}
