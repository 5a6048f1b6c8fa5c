import type { NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2';
import { mendFor } from './mend.ts';
import { aclOf, isOpen } from './place.ts';
import { common, type Span, sizeOf, spanOf, without } from './prefixes.ts';
import type { Traffic } from './security-groups.ts';
import { open, type Step, shown } from './steps.ts';
import type { Protocol, Topology } from './topology.ts';

export interface Ports {
  from: number;
  to: number;
}

/**
 * Ports that replies can come back to: of every system, a NAT gateway among them, and those that Linux takes.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
 */
export const replyPorts: Ports = { from: 1024, to: 65_535 };
const linuxReplyPorts: Ports = { from: 32_768, to: 60_999 };

/**
 * Whether the network ACL of a subnet lets a connection through and its replies back. `outward`: the subnet's side
 * opens the connection; otherwise it takes it. An ACL does not look at traffic inside one subnet: that is not asked.
 * `usual`: the ports that whoever opens it sends from.
 */
export function throughAcl(
  subnet: string,
  outward: boolean,
  traffic: Traffic,
  other: { name: string; spans: readonly Span[] },
  topology: Topology,
  usual: Ports = linuxReplyPorts,
): Step {
  const acl = aclOf(topology, subnet);
  if (isOpen(acl)) return acl;
  const there = rule(acl, outward, { from: traffic.port, to: traffic.port }, traffic.protocol, other.spans);
  const back = replies(acl, !outward, traffic.protocol, other.spans, usual);
  const id = acl.NetworkAclId ?? '';
  const asked = [
    'DescribeNetworkAcls',
    `describe-network-acls --filters Name=association.subnet-id,Values=${subnet}`,
  ] as const;
  const parts = [
    [there, outward, `${traffic.protocol} ${traffic.port}`, { from: traffic.port, to: traffic.port }],
    [back, !outward, `replies on ${traffic.protocol} ${replyPorts.from}-${replyPorts.to}`, replyPorts],
  ] as const;
  // What is refused is refused, whatever is not known of the other half.
  const refusedFirst = parts.toSorted(
    ([a], [b]) => Number(b.answer === 'none') - Number(a.answer === 'none'),
  );
  for (const [said, egress, ports, { from, to }] of refusedFirst) {
    const way = egress ? `out to ${other.name}` : `in from ${other.name}`;
    if (said.answer === 'some') {
      const reason = `network ACL ${id} of ${subnet} lets ${ports} ${way} for some addresses or ports only`;
      return open(reason, `the addresses and ports in use`);
    }
    if (said.answer === 'all' || said.answer === 'most') continue;
    const number = nameOf(said.entry);
    return {
      state: 'broken',
      cause: 'network-acl-blocked',
      ...traffic,
      kind: 'network-acl',
      subject: id,
      rule: `${number} ${egress ? 'outbound' : 'inbound'}`,
      mend: mendFor({ spans: other.spans }, from, to),
      sentence: `Network ACL ${id} of ${subnet} does not let ${ports} ${way}: ${number} denies it.`,
      evidence: [shown(topology, asked, 'Entries', `${number} ${egress ? 'outbound' : 'inbound'} deny`)],
    };
  }
  const sentence = `Network ACL ${id} lets it through and the replies back.`;
  const evidence = [
    shown(topology, asked, 'Entries', `${nameOf(there.entry)} ${outward ? 'outbound' : 'inbound'} allow`),
  ];
  const hops = [{ kind: 'network-acl', subject: id, sentence, evidence } as const];
  const isWhole = there.answer === 'all' && back.answer === 'all';
  return { state: 'passed', hops, ...(!isWhole && { certain: false }) };
}

/** `rule 100`; the last one of every ACL, which denies the rest, is written `*`. */
function nameOf(entry: NetworkAclEntry | undefined): string {
  const number = entry?.RuleNumber ?? 32_767;
  return number >= 32_767 ? 'rule *' : `rule ${number}`;
}

interface Share {
  /** `most`: all but one in 256, as where a list of attackers is kept out. */
  answer: 'all' | 'most' | 'some' | 'none';
  /** The first rule that allows some of it; where none does, the one that denies the most, undefined for the last. */
  entry?: NetworkAclEntry;
}

/** Replies are fine where all usual ports are open, and blocked only where no port is. */
function replies(
  acl: NetworkAcl,
  egress: boolean,
  protocol: Protocol,
  spans: readonly Span[],
  usual: Ports,
): Share {
  const own = rule(acl, egress, usual, protocol, spans);
  return own.answer === 'all' || own.answer === 'most' ? own : rule(acl, egress, replyPorts, protocol, spans);
}

/**
 * How much of these ports and addresses one direction of an ACL lets through: the rule with the lowest number that
 * matches decides, and what none matches is denied.
 */
export function rule(
  { Entries = [] }: NetworkAcl,
  egress: boolean,
  ports: Ports,
  protocol: Protocol,
  spans: readonly Span[],
): Share {
  if (spans.length === 0) return { answer: 'some' };
  const entries = Entries.filter((entry) => (entry.Egress === true) === egress).toSorted(
    (a, b) => (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0),
  );
  let left: Block[] = [{ ports, spans: [...spans] }];
  const decided: { allow: boolean; entry: NetworkAclEntry; size: bigint }[] = [];
  for (const entry of entries) {
    const span = spanOf(entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '');
    const range = portsOf(entry, protocol);
    if (!span || !range) continue;
    const next = left.flatMap((block) => split(block, range, span));
    const size = sizeOfBlocks(next.filter(({ taken }) => taken));
    if (size > 0n) decided.push({ allow: entry.RuleAction === 'allow', entry, size });
    left = next.filter(({ taken }) => !taken);
  }
  const allowed = decided.find(({ allow }) => allow)?.entry;
  if (!allowed) {
    const rest: { entry?: NetworkAclEntry; size: bigint } = { size: sizeOfBlocks(left) };
    const { entry } = decided.reduce((most, one) => (one.size > most.size ? one : most), rest);
    return { answer: 'none', ...(entry && { entry }) };
  }
  const lost = decided.reduce((sum, { allow, size }) => (allow ? sum : sum + size), sizeOfBlocks(left));
  const all = sizeOfBlocks([{ ports, spans }]);
  return { answer: lost === 0n ? 'all' : lost * 256n < all ? 'most' : 'some', entry: allowed };
}

/** Addresses times ports. */
function sizeOfBlocks(blocks: readonly Block[]): bigint {
  return blocks.reduce(
    (sum, { ports, spans }) => sum + BigInt(ports.to - ports.from + 1) * sizeOf(spans),
    0n,
  );
}

/** Addresses with ports that no rule has decided over yet. */
interface Block {
  ports: Ports;
  spans: readonly Span[];
}

/** A block without what a rule takes, and what it takes. */
function split({ ports, spans }: Block, range: Ports, span: Span): (Block & { taken?: boolean })[] {
  const inner = { from: Math.max(ports.from, range.from), to: Math.min(ports.to, range.to) };
  const taken = common(spans, span);
  if (inner.from > inner.to || taken.length === 0) return [{ ports, spans }];
  const parts: (Block & { taken?: boolean })[] = [
    { ports: { from: ports.from, to: inner.from - 1 }, spans },
    { ports: { from: inner.to + 1, to: ports.to }, spans },
    { ports: inner, spans: without(spans, span) },
    { ports: inner, spans: taken, taken: true },
  ];
  return parts.filter((part) => part.ports.from <= part.ports.to && part.spans.length > 0);
}

function portsOf({ Protocol: of, PortRange }: NetworkAclEntry, protocol: Protocol): Ports | undefined {
  if (of === '-1') return { from: 0, to: 65_535 };
  if (of !== (protocol === 'tcp' ? '6' : '17')) return undefined;
  return { from: PortRange?.From ?? 0, to: PortRange?.To ?? 65_535 };
}
