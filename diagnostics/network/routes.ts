import type { Route, RouteTable, Subnet } from '@aws-sdk/client-ec2';
import { isOpen, tableOf } from './place.ts';
import { common, lengthOf, type Span, sizeOf, spanOf, without } from './prefixes.ts';
import { type Open, open, shown } from './steps.ts';
import type { Hop, Topology } from './topology.ts';

export type TargetKind =
  | 'local'
  | 'internet-gateway'
  | 'nat-gateway'
  | 'egress-only-gateway'
  | 'gateway-endpoint'
  /** Anything behind which this account's VPC ends, or a machine decides. */
  | 'beyond';

export interface RouteTarget {
  kind: TargetKind;
  id: string;
  /** What it is, in words. */
  what: string;
}

/** Where a route leads. */
export function targetOf(route: Route): RouteTarget {
  const { GatewayId = '', DestinationPrefixListId } = route;
  if (GatewayId === 'local') return { kind: 'local', id: 'local', what: 'the VPC itself' };
  if (GatewayId.startsWith('igw-'))
    return { kind: 'internet-gateway', id: GatewayId, what: 'internet gateway' };
  if (GatewayId.startsWith('vpce-') && DestinationPrefixListId)
    return { kind: 'gateway-endpoint', id: GatewayId, what: 'gateway endpoint' };
  if (route.NatGatewayId) return { kind: 'nat-gateway', id: route.NatGatewayId, what: 'NAT gateway' };
  if (route.EgressOnlyInternetGatewayId)
    return {
      kind: 'egress-only-gateway',
      id: route.EgressOnlyInternetGatewayId,
      what: 'egress-only gateway',
    };
  const beyond: readonly (readonly [string | undefined, string])[] = [
    [route.TransitGatewayId, 'transit gateway'],
    [route.VpcPeeringConnectionId, 'peering connection'],
    [route.CoreNetworkArn, 'core network'],
    [route.LocalGatewayId, 'local gateway'],
    [route.CarrierGatewayId, 'carrier gateway'],
    [route.InstanceId, 'instance'],
    [route.NetworkInterfaceId, 'the network interface of an appliance,'],
    [route.OdbNetworkArn, 'database network'],
    [GatewayId.startsWith('vgw-') ? GatewayId : undefined, 'virtual private gateway'],
    [GatewayId.startsWith('vpce-') ? GatewayId : undefined, 'gateway load balancer endpoint'],
    [GatewayId || undefined, 'gateway'],
  ];
  const [id = 'unknown', what] = beyond.find(([one]) => one !== undefined) ?? ['unknown', 'a target'];
  return { kind: 'beyond', id, what };
}

export type Way =
  | {
      state: 'route';
      route: Route;
      target: RouteTarget;
      hop: Hop;
      /** Where a few of the addresses, one in 256 at most, go elsewhere: what they are and where to. */
      except?: string;
    }
  | { state: 'none'; table: RouteTable }
  | Open;

/**
 * The route that a subnet's traffic to these addresses takes: of the matching ones that with the longest prefix, a
 * static one before one by prefix list before a propagated one. A route whose target is gone drops what it matches.
 * `elsewhere`: the addresses are outside the VPC, so that local routes and those of gateway endpoints do not match.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
export function wayTo(
  subnet: Subnet,
  spans: readonly Span[],
  topology: Topology,
  { elsewhere, table: given }: { elsewhere: boolean; table?: RouteTable },
): Way {
  const table = given ?? tableOf(topology, subnet);
  if (isOpen(table)) return table;
  const { rules, unknown } = rulesOf(table, topology, elsewhere);
  let left = [...spans];
  const taken: Taken[] = [];
  for (const rule of rules) {
    const own = common(left, rule.span);
    if (own.length === 0) continue;
    taken.push({ ...rule, size: sizeOf(own) });
    left = without(left, rule.span);
  }
  const [first] = taken;
  const id = table.RouteTableId ?? '';
  const doubt = unknown.find((route) => !first || targetOf(route).id !== first.target.id || left.length > 0);
  if (doubt)
    return open(
      `what prefix list ${doubt.DestinationPrefixListId} of ${id} holds was not read`,
      `the entries of ${doubt.DestinationPrefixListId}`,
    );
  if (!first) return { state: 'none', table };
  const main = left.length === 0 ? mainOf(taken) : undefined;
  if (main) {
    const others = taken
      .filter((rule) => !isAlike(rule, main))
      .map(({ cidr, target }) => `${cidr} → ${target.id}`);
    const hop = hopOf(table, main, topology);
    const except = others.length > 0 && `${others.slice(0, 2).join(', ')}${others.length > 2 ? ', …' : ''}`;
    return { state: 'route', route: main.route, target: main.target, hop, ...(except && { except }) };
  }
  const targets = [...new Set(taken.map(({ target }) => `${target.what} ${target.id}`))];
  if (left.length > 0) targets.push('nowhere');
  return open(
    `${id} sends different addresses to ${targets.join(' and ')}`,
    'the address that the name resolves to',
  );
}

type Taken = Rule & { size: bigint };

function isAlike(one: Rule, other: Rule): boolean {
  return one.target.id === other.target.id && one.route.State === other.route.State;
}

/** The route that takes all of the addresses, or all but one in 256: a few partners' addresses decide nothing. */
function mainOf(taken: readonly Taken[]): Rule | undefined {
  const sum = (rules: readonly Taken[]) => rules.reduce((total, { size }) => total + size, 0n);
  const all = sum(taken);
  return taken.find((rule) => {
    const alike = taken.filter((other) => isAlike(other, rule));
    return (
      alike.length === taken.length || (rule.route.State !== 'blackhole' && sum(alike) * 256n > all * 255n)
    );
  });
}

interface Rule {
  span: Span;
  bits: number;
  rank: number;
  cidr: string;
  route: Route;
  target: RouteTarget;
}

function rulesOf(table: RouteTable, { prefixLists }: Topology, elsewhere: boolean) {
  const rules: Rule[] = [];
  const unknown: Route[] = [];
  for (const route of table.Routes ?? []) {
    const target = targetOf(route);
    if (elsewhere && (target.kind === 'local' || target.kind === 'gateway-endpoint')) continue;
    const list = route.DestinationPrefixListId;
    const entries = list === undefined ? undefined : prefixLists[list];
    if (list !== undefined && !entries?.ok) {
      // What a gateway endpoint serves are AWS's own public addresses, which no interface of a VPC has.
      if (target.kind !== 'gateway-endpoint') unknown.push(route);
      continue;
    }
    const cidrs = entries?.ok
      ? entries.value.map(({ Cidr }) => Cidr)
      : [route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock];
    for (const cidr of cidrs) {
      const span = spanOf(cidr ?? '');
      if (!span || cidr === undefined) continue;
      rules.push({ span, bits: lengthOf(cidr), rank: rankOf(route), cidr, route, target });
    }
  }
  // Spans of one length and family never overlap by half, so that taking them away in this order is longest prefix.
  rules.sort((a, b) => b.bits - a.bits || a.rank - b.rank);
  return { rules, unknown };
}

function rankOf({ Origin, DestinationPrefixListId }: Route): number {
  if (Origin === 'EnableVgwRoutePropagation' || Origin === 'Advertisement') return 2;
  return DestinationPrefixListId === undefined ? 0 : 1;
}

function hopOf(table: RouteTable, { cidr, target, route }: Rule, topology: Topology): Hop {
  const id = table.RouteTableId ?? '';
  return {
    kind: 'route',
    subject: id,
    rule: cidr,
    sentence: `${id} sends ${cidr} to ${target.kind === 'local' ? target.what : `${target.what} ${target.id}`}.`,
    evidence: [routeEvidence(topology, id, `${cidr} → ${target.id}, ${route.State ?? 'active'}`)],
  };
}

export function routeEvidence(topology: Topology, table: string, value: string) {
  return shown(
    topology,
    ['DescribeRouteTables', `describe-route-tables --route-table-ids ${table}`],
    'Routes',
    value,
  );
}
