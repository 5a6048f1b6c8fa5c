import { numbersBefore } from '../network/acl-numbers.ts';
import { replyPorts } from '../network/network-acls.ts';
import type { Fix } from '../report.ts';
import { type PortSpan, portWords } from './arrival.ts';
import { type AclDenial, isInbound } from './blocked.ts';

/** For each denial a rule before it, for each range whose traffic has to be let through. */
export function aclFix(denials: readonly AclDenial[], ports: PortSpan, region: string): Fix {
  const taken = new Map<string, Set<number>>();
  const parts = denials.map((denial) => {
    const { ranges, broken } = denial;
    const peers = ranges.length > 0 ? ranges : ['PEER_SUBNET_RANGE'];
    const numbers = numbersBefore(broken.rule, peers.length, takenOf(denial, taken));
    return { denial, peers, numbers, denying: broken.rule?.split(' ').slice(0, 2).join(' ') ?? 'the rule' };
  });
  const rules = parts.flatMap(({ denial, peers, numbers }) =>
    (numbers ?? []).map((number, index) => ruleFor(denial, ports, peers[index] ?? '', number)),
  );
  const sentences = parts.map(({ denial, peers, numbers, denying }) => {
    const { from, to } = denial.reply ? replyPorts : ports;
    const what = denial.reply ? `the replies, TCP ${from} to ${to},` : `TCP ${portWords(ports)}`;
    const acl = denial.broken.subject;
    const way = `${isInbound(denial.broken) ? 'in from' : 'out to'} ${peers.join(', ')}`;
    return numbers
      ? `Let ${acl} pass ${what} ${way}, at a number before ${denying}.`
      : `Let ${acl} pass ${what} ${way}: give ${denying} of ${acl} a higher number, or take it out, for none is left before it.`;
  });
  const shown = parts
    .filter(({ numbers }) => !numbers)
    .map(
      ({ denial }) =>
        `aws ec2 describe-network-acls --network-acl-ids ${denial.broken.subject} --region ${region}`,
    );
  return {
    summary: `${sentences.join(' ')} A network ACL does not remember connections: replies need a rule of their own.`,
    ...(rules.length > 0 && {
      terraform: rules
        .map((rule, index) =>
          terraformOf(rule, rules.length === 1 ? 'health_check' : `health_check_${index + 1}`),
        )
        .join('\n\n'),
    }),
    cli: [...rules.map((rule) => commandOf(rule, region)), ...shown].join('\n'),
  };
}

interface Rule extends PortSpan {
  acl: string;
  inbound: boolean;
  number: number;
  range: string;
}

function ruleFor(denial: AclDenial, ports: PortSpan, range: string, number: number): Rule {
  const { from, to } = denial.reply ? replyPorts : ports;
  return { acl: denial.broken.subject, inbound: isInbound(denial.broken), number, range, from, to };
}

function terraformOf({ acl, inbound, number, range, from, to }: Rule, name: string): string {
  const settings = [
    ['network_acl_id', `"${acl}"`],
    ['egress', String(!inbound)],
    ['rule_number', String(number)],
    ['protocol', '"tcp"'],
    ['rule_action', '"allow"'],
    [range.includes(':') ? 'ipv6_cidr_block' : 'cidr_block', `"${range}"`],
    ['from_port', String(from)],
    ['to_port', String(to)],
  ] as const;
  const width = Math.max(...settings.map(([key]) => key.length));
  const lines = settings.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`);
  return `resource "aws_network_acl_rule" "${name}" {\n${lines.join('\n')}\n}`;
}

function commandOf({ acl, inbound, number, range, from, to }: Rule, region: string): string {
  const block = range.includes(':') ? '--ipv6-cidr-block' : '--cidr-block';
  return `aws ec2 create-network-acl-entry --network-acl-id ${acl} ${inbound ? '--ingress' : '--egress'} --rule-number ${number} --protocol 6 --port-range From=${from},To=${to} ${block} ${range} --rule-action allow --region ${region}`;
}

/** Numbers of one direction of an ACL that are in use; the rules that are added here are among them. */
function takenOf(denial: AclDenial, known: Map<string, Set<number>>): Set<number> {
  const egress = !isInbound(denial.broken);
  const key = `${denial.broken.subject} ${egress}`;
  const own = denial.entries.flatMap(({ Egress, RuleNumber }) =>
    (Egress === true) === egress ? (RuleNumber ?? []) : [],
  );
  const taken = known.get(key) ?? new Set(own);
  known.set(key, taken);
  return taken;
}
