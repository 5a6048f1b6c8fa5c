import type { IpPermission } from '@aws-sdk/client-ec2';
import { mendFor } from './mend.ts';
import { groupOf, isOpen } from './place.ts';
import { covered, type Span, spanOf } from './prefixes.ts';
import { open, type Step, shown } from './steps.ts';
import type { BrokenCause, HopKind, Protocol, Topology } from './topology.ts';

/** The other end: its possible addresses, its security groups, and the prefix list that is known to hold it. */
export interface Peer {
  name: string;
  spans: readonly Span[];
  /** Undefined: not known, so that a rule that names a group may be meant for it. */
  groups: readonly string[] | undefined;
  prefixList?: string;
}

export interface Traffic {
  port: number;
  protocol: Protocol;
}

/** Whose rules are asked, which way, and what it means when none of them lets the traffic through. */
export interface Gate {
  groups: readonly string[];
  direction: 'out' | 'in';
  cause: BrokenCause;
}

/** Why it is open where no group is named at all. */
export const groupsUnknown = 'its security groups are not known';

type Admission =
  | { answer: 'yes'; group: string; rule: string }
  | { answer: 'no' }
  | { answer: 'open'; reason: string; decide: string };

/**
 * Whether the security groups of one interface let the traffic through. Their rules only allow, count together, and
 * are stateful, so that replies need none.
 */
export function throughGroups(gate: Gate, traffic: Traffic, peer: Peer, topology: Topology): Step {
  const said = admitted(gate, traffic, peer, topology);
  const out = gate.direction === 'out';
  const kind: HopKind = out ? 'security-group-out' : 'security-group-in';
  const field = out ? 'IpPermissionsEgress' : 'IpPermissions';
  const asked = `describe-security-groups --group-ids ${gate.groups.join(' ')}`;
  const evidence = (value: string) => [shown(topology, ['DescribeSecurityGroups', asked], field, value)];
  const what = `${traffic.protocol} ${traffic.port}`;
  if (said.answer === 'open') return open(said.reason, said.decide);
  if (said.answer === 'yes') {
    const sentence = `${said.group} lets ${what} ${out ? 'out to' : 'in from'} ${peer.name}.`;
    const hop = { kind, subject: said.group, rule: said.rule, sentence, evidence: evidence(said.rule) };
    return { state: 'passed', hops: [hop] };
  }
  const [subject = ''] = gate.groups;
  const all = gate.groups.join(' and ');
  const verb = gate.groups.length > 1 ? 'let' : 'lets';
  return {
    state: 'broken',
    cause: gate.cause,
    ...traffic,
    kind,
    subject,
    sentence: `No rule of ${all} ${verb} ${what} ${out ? 'out to' : 'in from'} ${peer.name}.`,
    mend: mendFor(peer, traffic.port),
    evidence: evidence(rulesInWords(gate, topology)),
  };
}

/** The rules that there are: what stands in the place of the one that is missing. */
function rulesInWords({ groups, direction }: Gate, topology: Topology): string {
  const rules = groups.flatMap((id) => rulesOf(id, direction, topology) ?? []).map(inWords);
  if (rules.length === 0) return 'no rules';
  return rules.length > 4
    ? `${rules.slice(0, 4).join('; ')}; and ${rules.length - 4} more`
    : rules.join('; ');
}

function rulesOf(id: string, direction: Gate['direction'], topology: Topology): IpPermission[] | undefined {
  const group = groupOf(topology, id);
  if (isOpen(group)) return undefined;
  return (direction === 'out' ? group.IpPermissionsEgress : group.IpPermissions) ?? [];
}

function admitted({ groups, direction }: Gate, traffic: Traffic, peer: Peer, topology: Topology): Admission {
  const doubts: { reason: string; decide: string }[] = [];
  if (groups.length === 0) doubts.push({ reason: groupsUnknown, decide: 'the groups of its interface' });
  const allowed: { span: Span; group: string; rule: string }[] = [];
  for (const id of groups) {
    const rules = rulesOf(id, direction, topology);
    if (!rules) {
      const group = groupOf(topology, id);
      if (isOpen(group)) doubts.push(group);
      continue;
    }
    for (const rule of rules.filter((each) => covers(each, traffic))) {
      const named = whole(rule, peer);
      if (named) return { answer: 'yes', group: id, rule: named };
      const { spans, unknown } = spansOfRule(rule, topology);
      if (peer.groups === undefined && (rule.UserIdGroupPairs ?? []).length > 0)
        doubts.push({
          reason: `the security groups of ${peer.name} are not known`,
          decide: `the security groups of ${peer.name}`,
        });
      allowed.push(...spans.map(({ span, of }) => ({ span, group: id, rule: `${portsOf(rule)} ${of}` })));
      for (const list of unknown)
        doubts.push({
          reason: `what prefix list ${list} holds was not read`,
          decide: `the entries of ${list}`,
        });
    }
  }
  const share = covered(
    peer.spans,
    allowed.map(({ span }) => span),
  );
  const first = allowed.find(({ span }) => covered(peer.spans, [span]) !== 'none');
  if (share === 'all' && first && peer.spans.length > 0)
    return { answer: 'yes', group: first.group, rule: first.rule };
  const [doubt] = doubts;
  if (doubt) return { answer: 'open', ...doubt };
  if (first)
    return {
      answer: 'open',
      reason: `the rule ${first.rule} of ${first.group} covers a part of the addresses that ${peer.name} can have`,
      decide: `the address of ${peer.name}`,
    };
  if (peer.spans.length === 0 && allowed.length > 0)
    return { answer: 'open', reason: `the address of ${peer.name} is not known`, decide: 'its address' };
  return { answer: 'no' };
}

/** A rule that takes in the peer whatever its address: by one of its groups, or by the list that holds it. */
function whole(rule: IpPermission, { groups = [], prefixList }: Peer): string | undefined {
  const pair = rule.UserIdGroupPairs?.find(({ GroupId = '' }) => groups.includes(GroupId));
  if (pair) return `${portsOf(rule)} ${pair.GroupId}`;
  const list = rule.PrefixListIds?.find(({ PrefixListId }) => prefixList && PrefixListId === prefixList);
  return list && `${portsOf(rule)} ${list.PrefixListId}`;
}

function spansOfRule(rule: IpPermission, { prefixLists }: Topology) {
  const spans: { span: Span; of: string }[] = [];
  const unknown: string[] = [];
  const add = (cidr = '') => {
    const span = spanOf(cidr);
    if (span) spans.push({ span, of: cidr });
  };
  for (const { CidrIp } of rule.IpRanges ?? []) add(CidrIp);
  for (const { CidrIpv6 } of rule.Ipv6Ranges ?? []) add(CidrIpv6);
  for (const { PrefixListId = '' } of rule.PrefixListIds ?? []) {
    const list = prefixLists[PrefixListId];
    if (!list?.ok) unknown.push(PrefixListId);
    else for (const { Cidr } of list.value) add(Cidr);
  }
  return { spans, unknown };
}

/** -1 is every protocol with every port; 6 and 17 are TCP and UDP by number. */
function covers({ IpProtocol, FromPort, ToPort }: IpPermission, { port, protocol }: Traffic): boolean {
  if (IpProtocol === '-1') return true;
  if (IpProtocol !== protocol && IpProtocol !== (protocol === 'tcp' ? '6' : '17')) return false;
  return (FromPort ?? 0) <= port && port <= (ToPort ?? 65_535);
}

function portsOf({ IpProtocol, FromPort, ToPort }: IpPermission): string {
  if (IpProtocol === '-1') return 'all';
  return FromPort === ToPort
    ? `${IpProtocol} ${FromPort}`
    : `${IpProtocol} ${FromPort ?? 0}-${ToPort ?? 65_535}`;
}

function inWords(rule: IpPermission): string {
  const ends = [
    ...(rule.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
    ...(rule.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
    ...(rule.UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
    ...(rule.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
  ];
  return `${portsOf(rule)} ${ends.join(', ')}`;
}
