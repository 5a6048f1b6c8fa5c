import type { Subnet } from '@aws-sdk/client-ec2';
import { beyond } from './appliances.ts';
import { resolverOf } from './dns.ts';
import { mendFor } from './mend.ts';
import { throughNat } from './nat.ts';
import { throughAcl } from './network-acls.ts';
import { ownAddresses } from './place.ts';
import { type Family, publicAddresses, type Span, spansOf } from './prefixes.ts';
import { throughPublicAccess } from './public-access.ts';
import { routeEvidence, targetOf, type Way, wayTo } from './routes.ts';
import { type Peer, type Traffic, throughGroups } from './security-groups.ts';
import { along, type Broken, open, type Step, shown } from './steps.ts';
import type { Origin, Path, Topology, Via } from './topology.ts';

export interface Outside {
  name: string;
  /** Its addresses where they are known; else it may have any public one. */
  spans?: readonly Span[];
  /** Whether it has IPv6 addresses, too; undefined: not known. */
  dualStack: boolean | undefined;
  /** What to add to a sentence about a missing route. */
  instead?: string;
  certain: boolean;
}

/**
 * The way out of the VPC to a public address, by IPv4 where the task has it, else by IPv6. Of two families one that
 * works is enough; where it is not known whether both ends have IPv6, its way decides nothing, and may be the one taken.
 */
export function leave(
  origin: Origin,
  subnet: Subnet,
  outside: Outside,
  traffic: Traffic,
  topology: Topology,
): Path {
  const { dualStack } = outside;
  if (subnet.Ipv6Native === true)
    return dualStack === true
      ? by(6, origin, subnet, outside, traffic, topology)
      : translated(origin, subnet, outside, traffic, topology);
  const by4 = by(4, origin, subnet, outside, traffic, topology);
  if (by4.state === 'reachable' || dualStack === false || origin.ipv6 === false) return by4;
  const by6 = by(6, origin, subnet, outside, traffic, topology);
  if (dualStack !== true || origin.ipv6 !== true)
    return by4.state === 'broken' && by6.state !== 'broken' ? unlessByIpv6(by4, outside) : by4;
  if (by6.state === 'reachable') return by6;
  if (by4.state === 'broken' && by6.state === 'broken') return inBothFamilies(by4, by6);
  return by4.state === 'broken' && by6.state === 'open' ? by6 : by4;
}

function unlessByIpv6({ sentence }: Broken, { name, dualStack }: Outside): Path {
  return open(
    `${sentence.slice(0, -1)}, unless it goes by IPv6`,
    dualStack === true
      ? 'whether the interface of the task has an IPv6 address'
      : `whether ${name} has an IPv6 address, and the task one of its own`,
  );
}

/** Where one hop keeps both families in, it is mended for both. */
function inBothFamilies(by4: Broken, by6: Broken): Broken {
  const cidrs = [...(by4.mend?.cidrs ?? []), ...(by6.mend?.cidrs ?? [])];
  const same = by4.cause === by6.cause && by4.subject === by6.subject && by4.rule === by6.rule;
  return same && by4.mend?.cidrs ? { ...by4, mend: { ...by4.mend, cidrs } } : by4;
}

function by(
  family: Family,
  origin: Origin,
  subnet: Subnet,
  outside: Outside,
  traffic: Traffic,
  topology: Topology,
): Path {
  const spans = outside.spans?.filter((span) => span.family === family) ?? publicAddresses(family);
  const peer: Peer = { name: outside.name, spans, groups: [] };
  const way = wayTo(subnet, spans, topology, { elsewhere: true });
  const out = throughGroups(
    { groups: origin.securityGroups, direction: 'out', cause: 'network-egress-blocked' },
    traffic,
    peer,
    topology,
  );
  const acl = throughAcl(subnet.SubnetId ?? '', true, traffic, peer, topology);
  const { via, steps } = onwards(way, family, origin, subnet, outside, { traffic, peer, topology });
  // Without a route no rule of a group or an ACL is to blame.
  const path = along(via, [...steps, out, acl]);
  const except = way.state === 'route' ? way.except : undefined;
  // Addresses of AWS may be routed on their own, as through Direct Connect.
  if (except !== undefined && path.state === 'broken' && steps.includes(path))
    return open(
      `${path.sentence.slice(0, -1)}, but some addresses are routed elsewhere (${except})`,
      'the address that the name resolves to',
    );
  if (path.state !== 'reachable') return path;
  return { ...path, certain: path.certain && outside.certain && except === undefined };
}

interface Asked {
  traffic: Traffic;
  peer: Peer;
  topology: Topology;
}

function onwards(
  way: Way,
  family: Family,
  origin: Origin,
  subnet: Subnet,
  outside: Outside,
  { traffic, peer, topology }: Asked,
): { via: Via; steps: Step[] } {
  if (way.state === 'open') return { via: 'internet-gateway', steps: [way] };
  const id = subnet.SubnetId ?? '';
  if (way.state === 'none') {
    const table = way.table.RouteTableId ?? '';
    const step: Broken = {
      state: 'broken',
      cause: 'network-no-route',
      ...traffic,
      kind: 'route',
      subject: table,
      mend: mendFor(peer, traffic.port),
      sentence: `${id} has no route to ${outside.name}${outside.instead ? `, and ${outside.instead}` : ''}.`,
      evidence: [routeEvidence(topology, table, destinations(way.table.Routes ?? []))],
    };
    return { via: 'internet-gateway', steps: [step] };
  }
  const { target, route, hop } = way;
  if (route.State === 'blackhole') {
    const sentence = `${hop.subject} sends ${hop.rule} to ${target.what} ${target.id}, which is gone.`;
    const step: Broken = { state: 'broken', cause: 'network-route-blackhole', ...traffic, ...hop, sentence };
    return { via: 'internet-gateway', steps: [step] };
  }
  const passed: Step = { state: 'passed', hops: [hop] };
  switch (target.kind) {
    case 'internet-gateway': {
      const access = throughPublicAccess(subnet, 'internet-gateway', traffic, topology);
      return {
        via: 'internet-gateway',
        steps: [passed, publicAddress(origin, subnet, family, traffic, topology), access],
      };
    }
    case 'egress-only-gateway': {
      const access = throughPublicAccess(subnet, 'egress-only-gateway', traffic, topology);
      return { via: 'egress-only-gateway', steps: [passed, access] };
    }
    case 'nat-gateway':
      return {
        via: 'nat-gateway',
        steps: [
          passed,
          ...throughNat(target.id, {
            traffic,
            peer,
            topology,
            subnet,
            own: ownAddresses(origin, subnet, family),
          }),
        ],
      };
    default:
      return { via: 'internet-gateway', steps: [beyond(way, traffic, topology)] };
  }
}

/** An internet gateway lets only public addresses through. */
function publicAddress(
  origin: Origin,
  subnet: Subnet,
  family: Family,
  traffic: Traffic,
  topology: Topology,
): Step {
  const never = origin.onInstance && origin.networkMode === 'awsvpc';
  const has =
    family === 6
      ? (origin.ipv6 ?? (subnet.Ipv6Native ? true : undefined))
      : never
        ? false
        : origin.publicIpv4;
  if (has === true) return { state: 'passed', hops: [] };
  const what = family === 6 ? 'an IPv6 address' : 'a public IPv4 address';
  if (has === undefined)
    return open(`whether the interface has ${what} is not known`, 'the addresses of its network interface');
  const id = subnet.SubnetId ?? '';
  const why = never && family === 4 ? ', which tasks with their own interface on instances never get' : '';
  const asked = ['DescribeSubnets', `describe-subnets --subnet-ids ${id}`] as const;
  return {
    state: 'broken',
    cause: 'network-no-public-ip',
    ...traffic,
    kind: 'route',
    subject: id,
    sentence: `${id} leads to an internet gateway, but the interface has no ${what.replace(/^an? /, '')}${why}.`,
    evidence: [
      shown(topology, asked, 'SubnetId', `${id}; the interface has no ${what.replace(/^an? /, '')}`),
    ],
  };
}

/**
 * IPv4 from a subnet that has only IPv6: DNS64 answers with addresses in 64:ff9b::/96, and a NAT gateway translates.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
 */
function translated(
  origin: Origin,
  subnet: Subnet,
  outside: Outside,
  traffic: Traffic,
  topology: Topology,
): Path {
  const spans = spansOf(['64:ff9b::/96']);
  const way = wayTo(subnet, spans, topology, { elsewhere: true });
  const toNat = way.state === 'route' && way.target.kind === 'nat-gateway';
  if (subnet.EnableDns64 === true && toNat) {
    const through = { ...outside, spans, dualStack: true };
    return by(6, origin, subnet, through, traffic, topology);
  }
  if (way.state === 'open' && subnet.EnableDns64 !== false) return way;
  const resolver = resolverOf(topology);
  const hub = way.state === 'route' && way.target.kind === 'beyond' && way.route.State !== 'blackhole';
  if ((hub || toNat) && (subnet.EnableDns64 === true || resolver.state === 'custom'))
    return open(
      hub
        ? `${way.hop.subject} sends ${way.hop.rule} to ${way.target.what} ${way.target.id}, behind which IPv4 may be reached`
        : `names are resolved by ${resolver.state === 'custom' ? resolver.servers : 'another resolver'}, which may translate to IPv6`,
      `what ${outside.name} resolves to inside the task`,
    );
  const id = subnet.SubnetId ?? '';
  // Where the host has IPv6 after all, no translation is needed.
  const is6Open =
    outside.dualStack === undefined && by(6, origin, subnet, outside, traffic, topology).state !== 'broken';
  if (is6Open)
    return open(
      `${id} has only IPv6, and whether ${outside.name} has an address of it is not known`,
      `what ${outside.name} resolves to`,
    );
  return {
    state: 'broken',
    cause: 'network-ipv4-missing',
    ...traffic,
    kind: 'route',
    subject: id,
    sentence: `${id} has only IPv6, and ${outside.name} is asked for by IPv4.`,
    evidence: [
      shown(
        topology,
        ['DescribeSubnets', `describe-subnets --subnet-ids ${id}`],
        'Ipv6Native',
        `true; EnableDns64 ${subnet.EnableDns64 ?? false}`,
      ),
    ],
  };
}

function destinations(routes: readonly Parameters<typeof targetOf>[0][]): string {
  const shownRoutes = routes.slice(0, 4).map((route) => {
    const to = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId;
    return `${to} → ${targetOf(route).id}`;
  });
  if (shownRoutes.length === 0) return 'no routes';
  return `only ${shownRoutes.join(', ')}${routes.length > 4 ? ` and ${routes.length - 4} more` : ''}`;
}
