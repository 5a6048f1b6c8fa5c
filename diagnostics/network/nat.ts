import type { NatGateway, RouteTable, Subnet } from '@aws-sdk/client-ec2';
import { replyPorts, throughAcl } from './network-acls.ts';
import { isOpen, subnetOf } from './place.ts';
import { publicAddresses, type Span, spansOf } from './prefixes.ts';
import { throughPublicAccess } from './public-access.ts';
import { wayTo } from './routes.ts';
import type { Traffic } from './security-groups.ts';
import { type Broken, open, type Step, shown, unread } from './steps.ts';
import type { BrokenCause, Topology } from './topology.ts';

interface Asked {
  traffic: Traffic;
  peer: { name: string; spans: readonly Span[] };
  /** Where the traffic comes from, and the addresses that it can come from. */
  subnet: Subnet;
  own: readonly Span[];
  topology: Topology;
}

/**
 * Whether a NAT gateway leads to the internet: it is available, public, and its own subnet's table has an internet
 * gateway. It may lie in another zone than the task.
 */
export function throughNat(id: string, asked: Asked): Step[] {
  const { traffic, peer, topology } = asked;
  const { natGateways } = topology;
  if (!natGateways?.ok) return [unread(`NAT gateway ${id}`, natGateways)];
  const nat = natGateways.value.find(({ NatGatewayId }) => NatGatewayId === id);
  if (!nat) return [open(`NAT gateway ${id} was not read`, `the state of ${id}`)];
  if (nat.State === 'pending')
    return [open(`NAT gateway ${id} is being created`, 'its state in a few minutes')];
  if (nat.State !== undefined && nat.State !== 'available')
    return [
      brokenNat(nat, topology, traffic, {
        cause: 'network-nat-unavailable',
        field: 'State',
        value: [nat.State, nat.FailureCode].filter(Boolean).join(', '),
        sentence: `NAT gateway ${id} is ${nat.State}${nat.FailureMessage ? `: ${nat.FailureMessage}` : ''}.`,
      }),
    ];
  const table = regionalTable(nat, topology);
  if (nat.SubnetId === undefined && !table)
    return [open(`the route table of NAT gateway ${id} was not read`, `the routes behind ${id}`)];
  // NAT64: behind the gateway it is IPv4 again.
  const is6 = peer.spans.some(({ family }) => family === 6);
  return onwards(nat, table, is6 ? { ...asked, peer: { ...peer, spans: publicAddresses(4) } } : asked);
}

/** A regional NAT gateway lies in no subnet and has a route table of its own. */
function regionalTable({ RouteTableId }: NatGateway, { routeTables }: Topology): RouteTable | undefined {
  if (RouteTableId === undefined || !routeTables?.ok) return undefined;
  return routeTables.value.find((one) => one.RouteTableId === RouteTableId);
}

function onwards(nat: NatGateway, table: RouteTable | undefined, asked: Asked): Step[] {
  const { traffic, peer, topology } = asked;
  const id = nat.NatGatewayId ?? '';
  const subnet = nat.SubnetId === undefined ? { VpcId: nat.VpcId } : subnetOf(topology, nat.SubnetId);
  // What the subnet is good for is only its table and its access; the former can be found without it.
  const known = isOpen(subnet) ? { SubnetId: nat.SubnetId, VpcId: nat.VpcId } : subnet;
  const way = wayTo(known, peer.spans, topology, { elsewhere: true, ...(table && { table }) });
  if (way.state === 'open') return [way];
  const gone = way.state === 'route' && way.route.State === 'blackhole';
  if (way.state === 'route' && !gone && way.target.kind === 'beyond')
    return [open(`NAT gateway ${id} sends it on to ${way.target.what} ${way.target.id}`, `what lies behind`)];
  if (nat.ConnectivityType === 'private')
    return [
      brokenNat(nat, topology, traffic, {
        cause: 'network-nat-private',
        field: 'ConnectivityType',
        value: 'private',
        sentence: `NAT gateway ${id} is private and does not lead to the internet.`,
      }),
    ];
  if (way.state !== 'route' || gone || way.target.kind !== 'internet-gateway') {
    const where = nat.SubnetId ?? 'its own network';
    const reason = gone ? 'leads to a target that is gone' : 'has no route to an internet gateway';
    return [
      brokenNat(nat, topology, traffic, {
        cause: 'network-nat-no-internet',
        field: 'SubnetId',
        value: where,
        sentence: `NAT gateway ${id} lies in ${where}, which ${reason}.`,
      }),
    ];
  }
  const passed: Step = {
    state: 'passed',
    hops: [
      {
        kind: 'nat',
        subject: id,
        sentence: `NAT gateway ${id} is available and its subnet leads to the internet.`,
        evidence: [natEvidence(topology, id, 'State', nat.State ?? 'available')],
      },
      way.hop,
    ],
  };
  return [passed, throughPublicAccess(known, 'nat-gateway', traffic, topology), ...ownAcl(nat, asked)];
}

/** The ACL of a NAT gateway's subnet sees each connection twice: from the task to the gateway, and from there out. */
function ownAcl({ SubnetId }: NatGateway, { traffic, peer, subnet, own, topology }: Asked): Step[] {
  if (SubnetId === undefined) return [];
  const from = subnet.SubnetId ?? 'the tasks';
  // Where nothing is known of an address, only rules for all of them decide.
  const spans = own.length > 0 ? own : spansOf([subnet.Ipv6Native ? '::/0' : '0.0.0.0/0']);
  return [
    ...(SubnetId === subnet.SubnetId
      ? []
      : [throughAcl(SubnetId, false, traffic, { name: from, spans }, topology)]),
    throughAcl(SubnetId, true, traffic, peer, topology, replyPorts),
  ];
}

function brokenNat(
  { NatGatewayId: id = '' }: NatGateway,
  topology: Topology,
  traffic: Traffic,
  { cause, field, value, sentence }: { cause: BrokenCause; field: string; value: string; sentence: string },
): Broken {
  const evidence = [natEvidence(topology, id, field, value)];
  return { state: 'broken', cause, ...traffic, kind: 'nat', subject: id, sentence, evidence };
}

function natEvidence(topology: Topology, id: string, field: string, value: string) {
  const asked = ['DescribeNatGateways', `describe-nat-gateways --nat-gateway-ids ${id}`] as const;
  return shown(topology, asked, field, value);
}
