import type { Fix } from '../report.ts';
import { listed } from '../words.ts';
import { numbersBefore } from './acl-numbers.ts';
import type { FixGrounds } from './fixes.ts';
import type { Mend, Protocol } from './topology.ts';

/** One rule: a mend that names one thing. */
interface RuleEnd {
  from: number;
  to: number;
  kind: 'group' | 'list' | 'ipv4' | 'ipv6';
  id: string;
}

/** What all that a hop breaks needs, without what a rule for everybody takes in already. */
function endsOf({ lines, broken }: FixGrounds): RuleEnd[] {
  const mends = lines.flatMap(({ path }) => (path.state === 'broken' ? (path.mend ?? []) : []));
  const all = mends.flatMap(inEnds);
  const distinct = [...new Map(all.map((end) => [JSON.stringify(end), end])).values()];
  const whole = (kind: RuleEnd['kind'], id: string, { from, to }: RuleEnd) =>
    distinct.some((end) => end.kind === kind && end.id === id && end.from <= from && to <= end.to);
  const left = distinct.filter((end) => {
    const own = end.id === '0.0.0.0/0' || end.id === '::/0';
    // Whatever is inside the VPC or on a list of AWS's has an IPv4 address.
    return (
      own || !whole(end.kind === 'ipv6' ? 'ipv6' : 'ipv4', end.kind === 'ipv6' ? '::/0' : '0.0.0.0/0', end)
    );
  });
  const { port } = broken;
  return left.length > 0 ? left : [{ from: port, to: port, kind: 'ipv4', id: '0.0.0.0/0' }];
}

function inEnds({ from, to, group, prefixList, cidrs = [] }: Mend): RuleEnd[] {
  if (group !== undefined) return [{ from, to, kind: 'group', id: group }];
  if (prefixList !== undefined) return [{ from, to, kind: 'list', id: prefixList }];
  return cidrs.map((id) => ({ from, to, kind: id.includes(':') ? 'ipv6' : 'ipv4', id }));
}

const arguments_: Record<RuleEnd['kind'], string> = {
  group: 'referenced_security_group_id',
  list: 'prefix_list_id',
  ipv4: 'cidr_ipv4',
  ipv6: 'cidr_ipv6',
};

/** Out to what is missing and no further: an endpoint's group, a gateway endpoint's list, else the addresses. */
export function egressFix(grounds: FixGrounds): Fix {
  const { lines, broken } = grounds;
  const ends = endsOf(grounds);
  const places = [...new Set(lines.map(({ need }) => need.label))];
  const to = listed(ends.map(({ id }) => id));
  return {
    summary: `Let ${broken.subject} send ${portsOf(ends, broken.protocol)} out to ${to}, for ${listed(places)}.`,
    ...groupRules('egress', ends, grounds),
  };
}

/** In from the tasks, by their own group where it is known. */
export function ingressFix(grounds: FixGrounds): Fix {
  const { broken } = grounds;
  const ends = endsOf(grounds);
  return {
    summary: `Let the security group ${broken.subject} of the endpoint admit ${portsOf(ends, broken.protocol)} from ${listed(ends.map(({ id }) => id))}.`,
    ...groupRules('ingress', ends, grounds),
  };
}

function groupRules(
  direction: 'ingress' | 'egress',
  ends: readonly RuleEnd[],
  { broken, target }: FixGrounds,
): Pick<Fix, 'terraform' | 'cli'> {
  const { subject: group, protocol } = broken;
  return {
    terraform: ends
      .map(
        ({ from, to, kind, id }, index) =>
          `resource "aws_vpc_security_group_${direction}_rule" "${nameOf(from, index)}" {\n  security_group_id            = "${group}"\n  ${arguments_[kind].padEnd(28)} = "${id}"\n  ip_protocol                  = "${protocol}"\n  from_port                    = ${from}\n  to_port                      = ${to}\n}`,
      )
      .join('\n\n'),
    cli: `aws ec2 authorize-security-group-${direction} --group-id ${group} --ip-permissions ${ends.map((end) => `'${permission(end, protocol)}'`).join(' ')} --region ${target.region}`,
  };
}

function permission({ from, to, kind, id }: RuleEnd, protocol: Protocol): string {
  const end = {
    group: `UserIdGroupPairs=[{GroupId=${id}}]`,
    list: `PrefixListIds=[{PrefixListId=${id}}]`,
    ipv4: `IpRanges=[{CidrIp=${id}}]`,
    ipv6: `Ipv6Ranges=[{CidrIpv6=${id}}]`,
  }[kind];
  return `IpProtocol=${protocol},FromPort=${from},ToPort=${to},${end}`;
}

function nameOf(port: number, index: number): string {
  const name = port === 443 ? 'https' : `port_${port}`;
  return index === 0 ? name : `${name}_${index + 1}`;
}

function portsOf(ends: readonly RuleEnd[], protocol: Protocol): string {
  const ports = [...new Set(ends.map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`)))];
  return `${protocol.toUpperCase()} ${listed(ports)}`;
}

/** A rule before the one that denies. ACLs know neither groups nor lists. */
export function aclFix(grounds: FixGrounds): Fix {
  const { broken, topology, target } = grounds;
  const acl = broken.subject;
  const inbound = broken.rule?.endsWith('inbound') === true;
  const ends = endsOf(grounds);
  const entries = topology.networkAcls?.ok
    ? (topology.networkAcls.value.find(({ NetworkAclId }) => NetworkAclId === acl)?.Entries ?? [])
    : [];
  const taken = new Set(
    entries.flatMap(({ Egress, RuleNumber }) => (Egress === !inbound ? (RuleNumber ?? []) : [])),
  );
  const numbers = numbersBefore(broken.rule, ends.length, taken);
  const code = broken.protocol === 'udp' ? 17 : 6;
  const before = broken.rule?.split(' ').slice(0, 2).join(' ') ?? 'the one that denies';
  const isReply = ends.some(({ from, to }) => from !== to);
  const what = `${isReply ? 'the replies, ' : ''}${portsOf(ends, broken.protocol)}`;
  const way = `${inbound ? 'in from' : 'out to'} ${listed([...new Set(ends.map(({ id }) => id))])}`;
  if (!numbers)
    return {
      summary: `Let ${acl} pass ${what} ${way}: give ${before} a higher number, or take it out, for too few are left before it.`,
      cli: `aws ec2 describe-network-acls --network-acl-ids ${acl} --region ${target.region}`,
    };
  const rules = ends.map((end, index) => ({ ...end, number: numbers[index] ?? 0 }));
  return {
    summary: `Let ${acl} pass ${what} ${way}, at a number before ${before}. A network ACL does not remember connections: replies need a rule of their own.`,
    terraform: rules
      .map(
        ({ from, to, kind, id, number: at }, index) =>
          `resource "aws_network_acl_rule" "${nameOf(from, index)}" {\n  network_acl_id  = "${acl}"\n  egress          = ${!inbound}\n  rule_number     = ${at}\n  protocol        = "${broken.protocol}"\n  rule_action     = "allow"\n  ${(kind === 'ipv6' ? 'ipv6_cidr_block' : 'cidr_block').padEnd(15)} = "${id}"\n  from_port       = ${from}\n  to_port         = ${to}\n}`,
      )
      .join('\n\n'),
    cli: rules
      .map(
        ({ from, to, kind, id, number: at }) =>
          `aws ec2 create-network-acl-entry --network-acl-id ${acl} ${inbound ? '--ingress' : '--egress'} --rule-number ${at} --protocol ${code} --port-range From=${from},To=${to} ${kind === 'ipv6' ? '--ipv6-cidr-block' : '--cidr-block'} ${id} --rule-action allow --region ${target.region}`,
      )
      .join('\n'),
  };
}
