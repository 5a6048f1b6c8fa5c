import type { Subnet } from '@aws-sdk/client-ec2';
import { beyond } from './appliances.ts';
import { leave } from './leave.ts';
import { cidrsOf, mendFor } from './mend.ts';
import { throughAcl } from './network-acls.ts';
import { addressesOf, isOpen, ownAddresses, subnetOf } from './place.ts';
import { covered, type Family, publicAddresses, type Span, spansOf } from './prefixes.ts';
import { routeEvidence, wayTo } from './routes.ts';
import { type Traffic, throughGroups } from './security-groups.ts';
import { along, open, type Step } from './steps.ts';
import type { Destination, Origin, Path, Topology } from './topology.ts';

type InterfaceDestination = Extract<Destination, { kind: 'interface' }>;

/** The ACLs of two subnets, each for the way there and the way back; inside one subnet there is none to pass. */
export function crossing(
  from: string,
  to: string | undefined,
  traffic: Traffic,
  spans: { from: readonly Span[]; to: readonly Span[] },
  topology: Topology,
): Step[] {
  if (from === to) return [];
  const out = throughAcl(from, true, traffic, { name: to ?? 'there', spans: spans.to }, topology);
  if (to === undefined) return [out, open('the subnet there is not known', 'the network ACL of that subnet')];
  return [out, throughAcl(to, false, traffic, { name: from, spans: spans.from }, topology)];
}

/**
 * The route to addresses inside the VPC. The local one takes them, unless a longer prefix leads through an appliance:
 * https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html#route-tables-middlebox
 */
export function routeInside(
  subnet: Subnet,
  spans: readonly Span[],
  name: string,
  traffic: Traffic,
  topology: Topology,
): Step {
  const way = wayTo(subnet, spans, topology, { elsewhere: false });
  if (way.state === 'open') return way;
  const id = subnet.SubnetId ?? '';
  if (way.state === 'none') {
    const table = way.table.RouteTableId ?? '';
    return {
      state: 'broken',
      cause: 'network-no-route',
      ...traffic,
      kind: 'route',
      subject: table,
      mend: mendFor({ spans }, traffic.port),
      sentence: `${id} has no route to ${name}.`,
      evidence: [routeEvidence(topology, table, `nothing that matches ${cidrsOf(spans).join(', ')}`)],
    };
  }
  const { route, target, hop } = way;
  if (route.State === 'blackhole') {
    const sentence = `${hop.subject} sends ${hop.rule} to ${target.what} ${target.id}, which is gone.`;
    return { state: 'broken', cause: 'network-route-blackhole', ...traffic, ...hop, sentence };
  }
  if (target.kind === 'local') return { state: 'passed', hops: [hop] };
  return beyond(way, traffic, topology);
}

/**
 * The way to an interface of the same VPC, or to an address anywhere. Beyond the VPC only the way there is judged:
 * what lets it in on the other side is open.
 */
export function toInterface(
  origin: Origin,
  subnet: Subnet,
  destination: InterfaceDestination,
  topology: Topology,
): Path {
  const { name, port, protocol = 'tcp' } = destination;
  const traffic: Traffic = { port, protocol };
  const family: Family = destination.address?.includes(':') || subnet.Ipv6Native ? 6 : 4;
  const there = subnetOfDestination(destination, subnet, topology);
  const spans = spansOf([destination.address]);
  if (spans.length === 0 && there) spans.push(...addressesOf(there, family));
  if (spans.length === 0) return open(`the address of ${name} is not known`, `the address of ${name}`);
  const place = there?.SubnetId ?? destination.subnet;
  const groups = destination.securityGroups;
  const egress = throughGroups(
    { groups: origin.securityGroups, direction: 'out', cause: 'network-egress-blocked' },
    traffic,
    { name: destination.address ? `${name} (${destination.address})` : name, spans, groups },
    topology,
  );
  const own = ownAddresses(origin, subnet, family);
  const ingress: Step = groups
    ? throughGroups(
        { groups, direction: 'in', cause: 'network-ingress-blocked' },
        traffic,
        {
          name: origin.securityGroups.join(' or ') || origin.subnet,
          spans: own,
          groups: origin.securityGroups,
        },
        topology,
      )
    : open(`what lets traffic in to ${name} is not known`, `the security groups of ${name}`);
  const inside = [
    egress,
    ...crossing(origin.subnet, place, traffic, { from: own, to: spans }, topology),
    ingress,
  ];
  if (place === origin.subnet) return along('local', inside);

  const way = wayTo(subnet, spans, topology, { elsewhere: false });
  const leavesVpc = way.state === 'route' && !['local', 'beyond'].includes(way.target.kind);
  if (leavesVpc && way.route.State !== 'blackhole' && covered(spans, publicAddresses(family)) === 'all')
    return leave(origin, subnet, { name, spans, dualStack: family === 6, certain: false }, traffic, topology);
  const routed = routeInside(subnet, spans, name, traffic, topology);
  if (routed.state === 'broken') return routed;
  return along('local', [routed, ...(routed.state === 'passed' ? inside : [egress])]);
}

function subnetOfDestination(
  { subnet, address }: InterfaceDestination,
  from: Subnet,
  topology: Topology,
): Subnet | undefined {
  if (subnet !== undefined) {
    const found = subnetOf(topology, subnet);
    return isOpen(found) ? undefined : found;
  }
  const [span] = spansOf([address]);
  if (!span || !topology.subnets?.ok) return undefined;
  return topology.subnets.value.find(
    (one) =>
      one.VpcId === from.VpcId && covered([span], [...addressesOf(one, 4), ...addressesOf(one, 6)]) === 'all',
  );
}
