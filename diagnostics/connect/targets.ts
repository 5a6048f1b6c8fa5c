import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Front } from '../facts/connect/fronts.ts';
import { crossing } from '../network/interfaces.ts';
import { addressesOf, isOpen, subnetOf } from '../network/place.ts';
import { type Family, type Span, spansOf } from '../network/prefixes.ts';
import { type Peer, throughGroups } from '../network/security-groups.ts';
import { open, type Step, whichever } from '../network/steps.ts';
import type { Protocol } from '../network/topology.ts';
import { networkOf } from '../placement/compute.ts';
import type { Evidence } from '../report.ts';
import { placesUnknown } from './direct.ts';
import { balancersOf } from './offered.ts';
import { dynamicPorts, isDynamic, originsOf, sharesHost } from './places.ts';
import { blockOf } from './rules.ts';
import { type Ends, found, type Way } from './way.ts';

/** Without a healthy target nothing answers for certain; an application load balancer then sends to all of them. */
export function healthOf({ to, region }: Ends, front: Front): Way['found'] | undefined {
  if (!front.targets.ok) return undefined;
  const targets = front.targets.value;
  const states = targets.map(({ TargetHealth }) => TargetHealth?.State ?? 'unknown');
  if (states.some((state) => state === 'healthy' || state === 'unhealthy.draining')) return undefined;
  const none = states.length === 0;
  const reasons = [
    ...new Set(targets.map(({ TargetHealth }) => TargetHealth?.Reason ?? TargetHealth?.State ?? '')),
  ];
  // Targets of a group that checks nothing, or that are new, say nothing yet.
  if (!none && states.every((state) => state === 'initial' || state === 'unavailable'))
    return open(
      `no target of ${to.serviceName} has passed its first checks`,
      'the checks of the next minute',
    );
  return {
    state: 'broken',
    block: {
      cause: none ? 'connect-no-targets' : 'connect-targets-unhealthy',
      status: none ? 'confirmed' : 'likely',
      sentence: none
        ? `No target is registered for ${to.serviceName}.`
        : `None of the ${states.length} targets of ${to.serviceName} is healthy: ${reasons.join(', ')}.`,
      names: { region, targetGroupArn: front.arn, service: to.serviceName ?? '' },
      evidence: [healthEvidence(front, region, none ? 'no targets' : reasons.join(', '))],
    },
  };
}

function healthEvidence({ arn }: Front, region: string, value: string): Evidence {
  const cli = `aws elbv2 describe-target-health --target-group-arn ${arn} --region ${region}`;
  return { api: 'elasticloadbalancing:DescribeTargetHealth', field: 'TargetHealth.Reason', value, cli };
}

/** Where targets listen that the same rules are about. */
interface Listening {
  groups: readonly string[];
  subnets: readonly string[];
  port: number;
}

/** The second half: from the load balancer to the tasks, or to their instances. */
export function toTargets(ends: Ends, balancer: LoadBalancer, front: Front): Way['found'] {
  const { to, hosts } = ends;
  const unknown = placesUnknown({ ...ends, from: to, hosts: { from: hosts.to, to: hosts.to } });
  if (unknown) return unknown;
  const mapped = balancersOf(to).find(({ targetGroupArn }) => targetGroupArn === front.arn)?.containerPort;
  const places = placesOf(ends, front, mapped);
  if (places.length === 0) return open('the port of the targets is not known', 'the target group');
  const dynamic = mapped !== undefined && isDynamic(ends, mapped);
  const now = toPlaces(ends, balancer, front, places, dynamic ? dynamicPorts : undefined);
  if (now.state !== 'open-way' || !dynamic) return now;
  const { from: low, to: high } = dynamicPorts;
  const range = places.flatMap((place) => [low, high].map((port) => ({ ...place, port })));
  if (toPlaces(ends, balancer, front, range).state === 'open-way') return now;
  return open(
    `the host ports of now are admitted, and not all of ${low} to ${high}, of which the next task gets another`,
    'the host port that a task is given',
  );
}

function placesOf({ to, hosts }: Ends, { targets }: Front, mapped: number | undefined): Listening[] {
  const registered = targets.ok ? targets.value.flatMap(({ Target }) => Target ?? []) : [];
  const ports = [...new Set(registered.flatMap(({ Port }) => Port ?? []))].sort((a, b) => a - b);
  const { groups, subnets } = networkOf(to);
  if (!sharesHost(to))
    return (ports.length > 0 ? ports : [mapped ?? []].flat()).map((port) => ({ groups, subnets, port }));
  const all = registered.flatMap(({ Id, Port }) => {
    const host = hosts.to?.find(({ instance }) =>
      [instance.InstanceId, instance.PrivateIpAddress].includes(Id),
    );
    if (!host || Port === undefined) return [];
    const { SecurityGroups = [], SubnetId = '' } = host.instance;
    return {
      groups: SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []).sort(),
      subnets: [SubnetId],
      port: Port,
    };
  });
  return [...new Map(all.map((place) => [JSON.stringify(place), place])).values()];
}

function toPlaces(
  ends: Ends,
  balancer: LoadBalancer,
  front: Front,
  places: readonly Listening[],
  ports?: { from: number; to: number },
): Way['found'] {
  const { to, topology, region } = ends;
  const groups = balancer.SecurityGroups ?? [];
  const name = balancer.LoadBalancerName ?? '';
  const zones = (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  const kind = front.group?.Protocol ?? 'HTTP';
  const protocol: Protocol = kind === 'UDP' || kind === 'QUIC' ? 'udp' : 'tcp';
  const family: Family = front.group?.IpAddressType === 'ipv6' ? 6 : 4;
  const seen = seenAs(ends, front, { name, zones, groups, family });
  const steps = places.flatMap((place): Step[] => {
    const traffic = { port: place.port, protocol };
    const inward = { groups: place.groups, direction: 'in', cause: 'network-ingress-blocked' } as const;
    const outward = { groups, direction: 'out', cause: 'network-egress-blocked' } as const;
    const tasks = {
      name: to.serviceName ?? '',
      spans: spansIn(place.subnets, ends, family),
      groups: place.groups,
    };
    return [
      ...(groups.length > 0 ? [throughGroups(outward, traffic, tasks, topology)] : []),
      ...seen.map((peer) => throughGroups(inward, traffic, peer, topology)),
      ...betweenSubnets(zones, place, traffic, seen[0]?.spans ?? [], ends, family),
    ];
  });
  const other = groups.length > 0 ? groups : rangesOf(seen[0]?.subnets ?? zones, ends, family);
  const own = places[0]?.groups ?? [];
  // The rule that lets the traffic in says more than the ACL behind it.
  return found(steps, (step) =>
    blockOf(step, {
      from: other,
      to: own,
      region,
      name: `${name}_to_${to.serviceName}`,
      side: 'tasks',
      ports,
    }),
  );
}

/**
 * What the targets see as the other end: the load balancer, or the client whose address it keeps, as far as client and
 * target speak the same version of IP. A rule that names the load balancer's groups admits either.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function seenAs(
  ends: Ends,
  front: Front,
  of: { name: string; zones: readonly string[]; groups: readonly string[]; family: Family },
): (Peer & { subnets: readonly string[] })[] {
  const { from, hosts, topology } = ends;
  const { name, zones, groups, family } = of;
  const clients = originsOf(from, hosts.from).map(({ subnet }) => subnet);
  const itself = { name, spans: spansIn(zones, ends, family), groups, subnets: zones };
  if (front.keepsClientAddress !== true) return [itself];
  const known = clients.flatMap((id) => {
    const subnet = subnetOf(topology, id);
    return isOpen(subnet) ? [] : [subnet];
  });
  const speaks = known.some((subnet) => addressesOf(subnet, family).length > 0);
  if (known.length > 0 && !speaks) return [itself];
  const kept = `${from.serviceName}, whose addresses ${name} keeps`;
  return [{ name: kept, spans: spansIn(clients, ends, family), groups, subnets: clients }];
}

/** The ACLs between the load balancer's subnets and those of the targets. */
function betweenSubnets(
  zones: readonly string[],
  { subnets }: Listening,
  traffic: { port: number; protocol: Protocol },
  sources: readonly Span[],
  ends: Ends,
  family: Family,
): Step[] {
  const { topology } = ends;
  const pairs = zones.flatMap((zone) => subnets.map((subnet) => [zone, subnet] as const));
  const ways = pairs.map(([zone, subnet]) => {
    const spans = { from: sources, to: spansIn([subnet], ends, family) };
    const steps = crossing(zone, subnet, traffic, spans, topology);
    return steps.find(({ state }) => state === 'broken') ?? steps.find(({ state }) => state === 'open');
  });
  const stopped = ways.filter((step) => step !== undefined);
  if (stopped.length === 0) return [];
  if (stopped.length === ways.length) return [whichever(stopped, 'the subnets differ')];
  const [first] = stopped;
  if (first?.state !== 'broken') return first ? [first] : [];
  return [
    open(`not between all subnets: ${first.sentence}`, 'the zones that targets and load balancer share'),
  ];
}

function spansIn(subnets: readonly string[], { topology }: Ends, family: Family): Span[] {
  const known = subnets.map((id) => subnetOf(topology, id));
  if (known.length === 0 || known.some((subnet) => isOpen(subnet)))
    return spansOf([family === 4 ? '0.0.0.0/0' : '::/0']);
  return known.flatMap((subnet) => (isOpen(subnet) ? [] : addressesOf(subnet, family)));
}

/** The ranges of subnets, of one family. */
function rangesOf(subnets: readonly string[], { topology }: Ends, family: Family): string[] {
  return subnets.flatMap((id) => {
    const subnet = subnetOf(topology, id);
    if (isOpen(subnet)) return [];
    const six = (subnet.Ipv6CidrBlockAssociationSet ?? []).flatMap(
      ({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? [],
    );
    return family === 4 ? (subnet.CidrBlock ?? []) : six;
  });
}
