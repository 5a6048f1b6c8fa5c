import type { Subnet, VpcEndpoint } from '@aws-sdk/client-ec2';
import { throughPolicy } from './endpoint-policy.ts';
import { crossing, routeInside } from './interfaces.ts';
import { throughAcl } from './network-acls.ts';
import { addressesOf, isOpen, ownAddresses, subnetOf, tableOf } from './place.ts';
import { type Family, publicAddresses, type Span, spansOf } from './prefixes.ts';
import { type Traffic, throughGroups } from './security-groups.ts';
import { along, open, type Step, shown, whichever } from './steps.ts';
import type { Destination, Hop, Origin, Path, Topology } from './topology.ts';

type AwsDestination = Extract<Destination, { kind: 'aws' }>;

/** Every endpoint of AWS's listens there. */
export const https: Traffic = { port: 443, protocol: 'tcp' };

/**
 * Whether an endpoint serves this service in this region: `com.amazonaws.us-east-1.ecr.api`, and in China
 * `cn.com.amazonaws.cn-north-1.ecr.api`. One of another region's service does not.
 */
export function serves({ ServiceName = '' }: VpcEndpoint, { service, region }: AwsDestination): boolean {
  return ServiceName.endsWith(`com.amazonaws.${region}.${service}`);
}

export function hopOf(endpoint: VpcEndpoint, what: string, topology: Topology): Hop {
  const { VpcEndpointId: id = '', ServiceName = '' } = endpoint;
  const asked = ['DescribeVpcEndpoints', `describe-vpc-endpoints --vpc-endpoint-ids ${id}`] as const;
  return {
    kind: 'endpoint',
    subject: id,
    sentence: `${what} ${id} serves ${ServiceName}.`,
    evidence: [shown(topology, asked, 'State', endpoint.State ?? 'available')],
  };
}

/**
 * Through an interface endpoint whose private DNS captures the service's name, also that of tasks with a public
 * address, and in whatever zone its interfaces lie.
 */
export function throughInterface(
  endpoint: VpcEndpoint,
  origin: Origin,
  subnet: Subnet,
  destination: AwsDestination,
  topology: Topology,
): Path {
  const id = endpoint.VpcEndpointId ?? '';
  const family: Family = subnet.Ipv6Native ? 6 : 4;
  if (family === 6 && (endpoint.IpAddressType ?? 'ipv4') === 'ipv4')
    return open(
      `${id} has IPv4 addresses, and ${origin.subnet} only IPv6`,
      'the addresses its name resolves to',
    );
  const places = (endpoint.SubnetIds ?? []).map((place) => placeOf(place, family, topology));
  const known = places.every(({ spans }) => spans.length > 0) && places.length > 0;
  const spans = known ? places.flatMap((place) => place.spans) : anywhere(family);
  const groups = (endpoint.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
  const own = ownAddresses(origin, subnet, family);
  const from = origin.securityGroups.join(' or ') || origin.subnet;
  const between = places.map((place) => {
    // Nothing lies between interfaces of one subnet.
    if (place.subnet === origin.subnet) return asStep(along('local', []));
    const to = orAny(place.spans, family);
    return asStep(
      along('local', [
        // Where the addresses there are not known, it is the local route that leads there.
        ...(place.spans.length > 0 ? [routeInside(subnet, place.spans, id, https, topology)] : []),
        ...crossing(origin.subnet, place.subnet, https, { from: own, to }, topology),
      ]),
    );
  });
  return along('interface-endpoint', [
    { state: 'passed', hops: [hopOf(endpoint, 'Interface endpoint', topology)] },
    throughGroups(
      { groups: origin.securityGroups, direction: 'out', cause: 'network-egress-blocked' },
      https,
      { name: id, spans, groups },
      topology,
    ),
    ...(between.length > 0 ? [whichever(between, `the ways to the interfaces of ${id} differ`)] : []),
    throughGroups(
      { groups, direction: 'in', cause: 'network-endpoint-ingress-blocked' },
      https,
      { name: from, spans: own, groups: origin.securityGroups },
      topology,
    ),
    ...throughPolicy(endpoint, destination.calls, origin, topology),
  ]);
}

/** A way as one step of a longer one. */
export function asStep(path: Path): Step {
  if (path.state !== 'reachable') return path;
  return { state: 'passed', hops: path.hops, certain: path.certain };
}

function placeOf(id: string, family: Family, topology: Topology): { subnet: string; spans: Span[] } {
  const subnet = subnetOf(topology, id);
  return { subnet: id, spans: isOpen(subnet) ? [] : addressesOf(subnet, family) };
}

/** Where nothing is known of an address, only rules that name no address or all of them can decide. */
function anywhere(family: Family): Span[] {
  return spansOf([family === 4 ? '0.0.0.0/0' : '::/0']);
}

function orAny(spans: readonly Span[], family: Family): readonly Span[] {
  return spans.length > 0 ? spans : anywhere(family);
}

/** Whether a gateway endpoint takes the traffic of this subnet: its route has to be in the subnet's own table. */
export function isRouted(endpoint: VpcEndpoint, subnet: Subnet, topology: Topology): boolean | Path {
  const table = tableOf(topology, subnet);
  if (isOpen(table)) return table;
  const { VpcEndpointId, RouteTableIds = [] } = endpoint;
  const routed = (table.Routes ?? []).some(({ GatewayId }) => GatewayId === VpcEndpointId);
  return routed || RouteTableIds.includes(table.RouteTableId ?? '');
}

/**
 * Through the gateway endpoint of S3 or DynamoDB. Groups that do not let everything out have to name its prefix list
 * or its addresses; ACLs cannot name a list.
 */
export function throughGateway(
  endpoint: VpcEndpoint,
  origin: Origin,
  subnet: Subnet,
  destination: AwsDestination,
  topology: Topology,
): Path {
  const id = endpoint.VpcEndpointId ?? '';
  const table = tableOf(topology, subnet);
  if (isOpen(table)) return table;
  const route = (table.Routes ?? []).find(({ GatewayId }) => GatewayId === id);
  const list = route?.DestinationPrefixListId;
  if (route?.State === 'blackhole')
    return {
      state: 'broken',
      cause: 'network-route-blackhole',
      ...https,
      kind: 'route',
      subject: table.RouteTableId ?? '',
      ...(list && { rule: list }),
      sentence: `${table.RouteTableId} sends ${destination.service} to ${id}, which is gone.`,
      evidence: hopOf(endpoint, '', topology).evidence,
    };
  const entries = list === undefined ? undefined : topology.prefixLists[list];
  const spans = entries?.ok ? spansOf(entries.value.map(({ Cidr }) => Cidr)) : publicAddresses(4);
  const ofFamily = spans.filter(({ family }) => family === (subnet.Ipv6Native ? 6 : 4));
  const peer = {
    name: list ?? id,
    spans: ofFamily.length > 0 ? ofFamily : publicAddresses(subnet.Ipv6Native ? 6 : 4),
    groups: [],
    ...(list && { prefixList: list }),
  };
  return along('gateway-endpoint', [
    { state: 'passed', hops: [hopOf(endpoint, 'Gateway endpoint', topology)] },
    throughGroups(
      { groups: origin.securityGroups, direction: 'out', cause: 'network-egress-blocked' },
      https,
      peer,
      topology,
    ),
    throughAcl(origin.subnet, true, https, peer, topology),
    ...throughPolicy(endpoint, destination.calls, origin, topology),
  ]);
}
