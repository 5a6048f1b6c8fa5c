import type { RouteTable, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2';
import { resolverOf } from './dns.ts';
import { throughAcl } from './network-acls.ts';
import { isOpen, tableOf } from './place.ts';
import { publicAddresses, spanOf, spansOf, without } from './prefixes.ts';
import { byZone, zoneFor } from './private-zones.ts';
import { targetOf } from './routes.ts';
import { type Traffic, throughGroups } from './security-groups.ts';
import { type Broken, open, unread } from './steps.ts';
import type { Origin, Path, Topology } from './topology.ts';

/** Addresses that only a private name leads to. */
const privateAddresses = spansOf(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']);

interface Asked {
  origin: Origin;
  subnet: Subnet;
  traffic: Traffic;
  /** The names that the way is taken by. */
  names: readonly string[];
  topology: Topology;
}

/**
 * A way by a public name, where the name may be a private one: a private hosted zone can lead it to an endpoint whose
 * private DNS is off, to one of another VPC, or to nothing. A zone for the name leaves the way open, since what is in
 * it is not read. Without one the public way is the way; a broken one is doubted for what no list of the VPC's zones
 * has: those of Route 53 Profiles, and rules that forward the name to another resolver, which come before a zone.
 *
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
 */
export function unlessPrivate(
  path: Path,
  asked: Asked & {
    /** Those of the service in this VPC that do not take its own name. */
    interfaces: readonly VpcEndpoint[];
  },
): Path {
  const { origin, subnet, traffic, interfaces, topology } = asked;
  const told = unlessZone(path, asked);
  if (told.state === 'open') return told;
  const hidden = hiddenWay(subnet, interfaces, topology, told);
  if (told.state === 'reachable') return unlessUnread(told, hidden, topology);
  if (hidden === undefined || blocksPrivate(origin, traffic, topology)) return told;
  return decided(told, hidden, asked);
}

/** A way by a public name, where only a zone for that very name can make it a private one. */
export function unlessZone(path: Path, { origin, subnet, traffic, names, topology }: Asked): Path {
  const zone = path.state === 'open' ? undefined : zoneFor(names, topology);
  // Where nothing leaves for a private address either, it does not matter which one it is.
  if (!zone || (path.state === 'broken' && blocksPrivate(origin, traffic, topology))) return path;
  return byZone(zone, subnet.VpcId);
}

/** Of a way that works only an endpoint of the VPC itself makes it likely that names are private. */
function unlessUnread(
  path: Extract<Path, { state: 'reachable' }>,
  hidden: Hidden | undefined,
  { hostedZones }: Topology,
): Path {
  if (hostedZones?.ok) return path;
  if (hidden?.endpoint === undefined) return { ...path, certain: false };
  const { reason, decide } = unread('the private hosted zones of the VPC', hostedZones);
  return open(`${hidden.says}: ${reason}`, decide);
}

function decided(path: Broken, hidden: Hidden, { subnet, names, topology }: Asked): Path {
  const reason = `${path.sentence.slice(0, -1)}, unless ${hidden.says}`;
  if (!topology.hostedZones?.ok) {
    const why = unread('the private hosted zones of the VPC', topology.hostedZones);
    return open(reason, why.decide);
  }
  const resolver = resolverOf(topology);
  if (resolver.state === 'custom')
    return open(
      `${reason}: names are resolved by ${resolver.servers}`,
      'what the name of the service resolves to inside the task',
    );
  if (resolver.state === 'open') return open(reason, resolver.decide);
  const name = names[0] ?? 'it';
  const vpc = subnet.VpcId ?? 'the VPC';
  return {
    ...path,
    doubt: {
      says: `No private hosted zone of ${vpc} answers for ${name}; what a Route 53 Profile or a forwarding rule of its resolver makes of it is not seen.`,
      decide: `the Route 53 Profiles and the resolver rules of ${vpc}`,
    },
  };
}

interface Hidden {
  /** Reads on after "unless". */
  says: string;
  /** Of this VPC, with private DNS off. */
  endpoint?: string;
}

function hiddenWay(
  subnet: Subnet,
  interfaces: readonly VpcEndpoint[],
  topology: Topology,
  path: Path,
): Hidden | undefined {
  const unnamed = interfaces.find(
    ({ PrivateDnsEnabled, State }) =>
      PrivateDnsEnabled !== true && ['available', undefined].includes(State?.toLowerCase()),
  );
  if (unnamed) {
    const endpoint = unnamed.VpcEndpointId ?? '';
    return { says: `a private hosted zone leads to ${endpoint}, whose private DNS is off`, endpoint };
  }
  const table = tableOf(topology, subnet);
  const beyond = isOpen(table)
    ? undefined
    : privateWayOut(table, path.state === 'broken' ? path.subject : undefined);
  return beyond === undefined
    ? undefined
    : { says: `a private hosted zone leads to an endpoint behind ${beyond}` };
}

/** Whether a zone could lead names to where these endpoints or tables lead, so that it matters who resolves them. */
export function mayHideWays(endpoints: readonly VpcEndpoint[], tables: readonly RouteTable[]): boolean {
  const unnamed = endpoints.some(({ PrivateDnsEnabled }) => PrivateDnsEnabled !== true);
  return unnamed || tables.some((table) => privateWayOut(table) !== undefined && !leavesEverywhere(table));
}

/** Whether everything that nothing else takes goes out of sight, so that no way of the table is ever decided. */
function leavesEverywhere({ Routes = [] }: RouteTable): boolean {
  return Routes.some(
    (route) =>
      route.DestinationCidrBlock === '0.0.0.0/0' &&
      route.State !== 'blackhole' &&
      targetOf(route).kind === 'beyond',
  );
}

/** A route that takes private addresses out of the VPC, to where an endpoint of another one may lie. */
function privateWayOut(table: RouteTable, dead?: string): string | undefined {
  const beyond = (table.Routes ?? []).find(
    (route) =>
      route.State !== 'blackhole' &&
      (dead === undefined || route.NetworkInterfaceId !== dead) &&
      targetOf(route).kind === 'beyond' &&
      isPrivate(route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock),
  );
  if (!beyond) return undefined;
  const { what, id } = targetOf(beyond);
  return `${what} ${id}`;
}

/** Whether a route takes private addresses; one by prefix list may. */
function isPrivate(cidr: string | undefined): boolean {
  const span = spanOf(cidr ?? '');
  if (!span) return true;
  return publicAddresses(span.family).reduce((left, one) => without(left, one), [span]).length > 0;
}

/** Whether a group or an ACL keeps the traffic from every private address, too. */
function blocksPrivate(origin: Origin, traffic: Traffic, topology: Topology): boolean {
  const peer = { name: 'a private address', spans: privateAddresses, groups: undefined };
  const gate = { groups: origin.securityGroups, direction: 'out', cause: 'network-egress-blocked' } as const;
  return [
    throughGroups(gate, traffic, peer, topology),
    throughAcl(origin.subnet, true, traffic, peer, topology),
  ].some(({ state }) => state === 'broken');
}
