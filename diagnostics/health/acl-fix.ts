import { replyPorts } from '../network/network-acls.ts';
import type { Fix } from '../report.ts';
import { type PortSpan, portWords } from './arrival.ts';
import type { AclStop } from './blocked.ts';

/** A rule in the ACL before the one that denies, for each range whose traffic it has to let through. */
export function aclFix({ broken, reply, ranges, entries }: AclStop, ports: PortSpan, region: string): Fix {
  const acl = broken.subject;
  const inbound = broken.rule?.endsWith('inbound') === true;
  const { from, to } = reply ? replyPorts : ports;
  const peers = ranges.length > 0 ? ranges : ['PEER_SUBNET_RANGE'];
  const numbers = numbersBefore(broken.rule, entries, !inbound, peers.length);
  const rules = peers.map((range, index) => ({ range, number: numbers[index] ?? 1 }));
  const what = reply ? `the replies, TCP ${from} to ${to},` : `TCP ${portWords(ports)}`;
  const terraform = rules.map(({ range, number }, index) => {
    const name = rules.length === 1 ? 'health_check' : `health_check_${index + 1}`;
    const block = range.includes(':') ? 'ipv6_cidr_block' : 'cidr_block';
    const settings = [
      ['network_acl_id', `"${acl}"`],
      ['egress', String(!inbound)],
      ['rule_number', String(number)],
      ['protocol', '"tcp"'],
      ['rule_action', '"allow"'],
      [block, `"${range}"`],
      ['from_port', String(from)],
      ['to_port', String(to)],
    ] as const;
    const width = Math.max(...settings.map(([key]) => key.length));
    const lines = settings.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`);
    return `resource "aws_network_acl_rule" "${name}" {\n${lines.join('\n')}\n}`;
  });
  const cli = rules.map(({ range, number }) => {
    const block = range.includes(':') ? '--ipv6-cidr-block' : '--cidr-block';
    return `aws ec2 create-network-acl-entry --network-acl-id ${acl} ${inbound ? '--ingress' : '--egress'} --rule-number ${number} --protocol 6 --port-range From=${from},To=${to} ${block} ${range} --rule-action allow --region ${region}`;
  });
  return {
    summary: `Let ${acl} pass ${what} ${inbound ? 'in from' : 'out to'} ${peers.join(', ')}, at a number before ${broken.rule?.split(' ').slice(0, 2).join(' ') ?? 'the rule that denies'}. A network ACL does not remember connections: replies need a rule of their own.`,
    terraform: terraform.join('\n\n'),
    cli: cli.join('\n'),
  };
}

/** The last rule of every ACL, `*`, has a number after all others. */
function numbersBefore(
  rule: string | undefined,
  entries: AclStop['entries'],
  egress: boolean,
  count: number,
): number[] {
  const denying = Number(/rule (\d+)/.exec(rule ?? '')?.[1] ?? 201);
  const taken = new Set(
    entries.flatMap(({ Egress, RuleNumber }) => ((Egress === true) === egress ? (RuleNumber ?? []) : [])),
  );
  const free = Array.from({ length: denying - 1 }, (_, index) => denying - 1 - index);
  return free.filter((number) => !taken.has(number)).slice(0, count);
}
