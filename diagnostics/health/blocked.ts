import type { Instance, NetworkAcl, SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { throughAcl } from '../network/network-acls.ts';
import { type Span, spansOf } from '../network/prefixes.ts';
import type { Broken } from '../network/steps.ts';
import { admits, anywhere, familyOf, onlyWith, spansIn } from './admission.ts';
import type { Arrival } from './arrival.ts';

/** What lies between the load balancers and what they check; each absent where it could not be read. */
export interface Between {
  balancers: readonly LoadBalancer[] | undefined;
  instances: readonly Instance[] | undefined;
  /** Of the tasks or instances that are checked. */
  checkedGroups: readonly SecurityGroup[] | undefined;
  balancerGroups: readonly SecurityGroup[] | undefined;
  subnets: readonly Subnet[] | undefined;
  acls: readonly NetworkAcl[] | undefined;
}

/** One check's way: from a load balancer to the port at which it arrives. */
export interface Way {
  balancer: LoadBalancer;
  arrival: Arrival;
  port: number;
}

/** A set of security groups without a rule that lets the check through. */
export interface GroupStop {
  kind: 'group';
  outbound: boolean;
  /** The group that a rule is to be added to. */
  group: string;
  all: readonly string[];
  /** A group of the other end, or its ranges; empty where they were not read. */
  peers: readonly string[];
  /** What stands in the place of the rule that is missing. */
  rules: string;
}

/** A rule of a network ACL that refuses the check, or the replies to it. */
export interface AclDenial {
  broken: Broken;
  /** Whether it refuses the replies. */
  reply: boolean;
  /** Ranges whose traffic it refuses; empty where they were not read. */
  ranges: readonly string[];
  entries: NonNullable<NetworkAcl['Entries']>;
}

/** Network ACLs that refuse checks. All of their denials have to go, for one is enough to keep a check back. */
export interface AclStop {
  kind: 'acl';
  denials: readonly [AclDenial, ...AclDenial[]];
  /** Subnets of the balancer whose checks none of them keeps back, as far as is known. */
  others: readonly string[];
}

/** The first thing on the way that lets nothing through. Undefined where it is open, or nobody can tell. */
export function stopOn(way: Way, between: Between, region: string): GroupStop | AclStop | undefined {
  return groupStop(way, between) ?? aclStop(way, between, region);
}

function groupStop({ balancer, arrival, port }: Way, between: Between): GroupStop | undefined {
  const { checkedGroups, balancerGroups, subnets } = between;
  const own = arrival.groups;
  const theirs = (balancer.SecurityGroups ?? []).toSorted();
  if (!checkedGroups || own.length === 0) return undefined;
  const nodes = nodesOf(balancer, subnets ?? [], arrival);
  const into = admits(checkedGroups, { groups: own, direction: 'in' }, port, {
    groups: theirs,
    spans: nodes.spans,
  });
  if (into.state === 'blocked')
    return {
      kind: 'group',
      outbound: false,
      group: own[0] ?? '',
      all: own,
      peers: theirs.length > 0 ? theirs.slice(0, 1) : nodes.ranges,
      rules: into.rules,
    };
  if (into.state === 'unknown' || !balancerGroups || theirs.length === 0) return undefined;
  const target = { groups: own, spans: addressOf(arrival) };
  const out = admits(balancerGroups, { groups: theirs, direction: 'out' }, port, target);
  if (out.state !== 'blocked') return undefined;
  return {
    kind: 'group',
    outbound: true,
    group: theirs[0] ?? '',
    all: theirs,
    peers: own.slice(0, 1),
    rules: out.rules,
  };
}

/** A balancer's nodes have addresses in its subnets, of the family that the target is reached by. */
function nodesOf({ AvailabilityZones = [] }: LoadBalancer, subnets: readonly Subnet[], arrival: Arrival) {
  const ids = AvailabilityZones.flatMap(({ SubnetId }) => SubnetId ?? []);
  const own = subnets.filter(({ SubnetId = '' }) => ids.includes(SubnetId));
  return {
    spans: spansIn(subnets, ids, familyOf(arrival.address ?? '')),
    ranges: own.flatMap((subnet) => rangesOf(subnet, arrival)).sort(),
  };
}

function rangesOf({ CidrBlock, Ipv6CidrBlockAssociationSet = [] }: Subnet, { address }: Arrival): string[] {
  return familyOf(address ?? '') === 4
    ? [CidrBlock ?? []].flat()
    : Ipv6CidrBlockAssociationSet.flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []);
}

function addressOf({ address }: Arrival): Span[] {
  return address === undefined ? anywhere(4) : spansOf([address]);
}

/**
 * Every node of a balancer checks for itself: what keeps back only those in one subnet leaves the others. Inside one
 * subnet no ACL is met.
 */
function aclStop({ balancer, arrival, port }: Way, between: Between, region: string): AclStop | undefined {
  const { acls, subnets = [] } = between;
  const zones = (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []).sort();
  const [home, ...more] = arrival.subnets;
  if (!acls || home === undefined || more.length > 0) return undefined;
  const topology = { ...onlyWith([]), region, networkAcls: { ok: true as const, value: acls } };
  const traffic = { port, protocol: 'tcp' as const };
  const refused = zones.flatMap((zone) => {
    if (zone === home) return [];
    const targets = { name: 'the targets', spans: addressOf(arrival) };
    const nodes = {
      name: 'the load balancer',
      spans: spansIn(subnets, [zone], familyOf(arrival.address ?? '')),
    };
    const leaving = throughAcl(zone, true, traffic, targets, topology);
    const arriving = throughAcl(home, false, traffic, nodes, topology);
    // What leaves the balancer's subnet comes back in, and what arrives at the target's goes back out.
    return [
      ...(leaving.state === 'broken'
        ? [{ zone, broken: leaving, far: home, reply: isInbound(leaving) }]
        : []),
      ...(arriving.state === 'broken'
        ? [{ zone, broken: arriving, far: zone, reply: !isInbound(arriving) }]
        : []),
    ];
  });
  const byRule = Map.groupBy(refused, ({ broken, reply }) =>
    JSON.stringify([broken.subject, broken.rule, reply]),
  );
  const [first, ...rest] = [...byRule.values()].flatMap((alike) => {
    const [one] = alike;
    if (!one) return [];
    const { broken, reply } = one;
    const peers = new Set(alike.map(({ far }) => far));
    const ranges = subnets
      .filter(({ SubnetId = '' }) => peers.has(SubnetId))
      .flatMap((subnet) => rangesOf(subnet, arrival));
    const acl = acls.find(({ NetworkAclId }) => NetworkAclId === broken.subject);
    return [{ broken, reply, ranges: ranges.sort(), entries: acl?.Entries ?? [] }];
  });
  if (!first) return undefined;
  return {
    kind: 'acl',
    denials: [first, ...rest],
    others: zones.filter((zone) => !refused.some((one) => one.zone === zone)),
  };
}

/** Whether it is an inbound rule of an ACL that refuses. */
export function isInbound({ rule }: Broken): boolean {
  return rule?.endsWith('inbound') === true;
}
