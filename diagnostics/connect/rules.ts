import { consoleOf } from '../console.ts';
import type { Broken } from '../network/steps.ts';
import type { Fix } from '../report.ts';
import { listed } from '../words.ts';
import type { Block } from './way.ts';

interface Rule {
  group: string;
  direction: 'in' | 'out';
  ports: { from: number; to: number };
  protocol: string;
  /** One security group, or ranges of addresses of one family. */
  others: readonly string[];
  region: string;
  name: string;
}

/** A rule more, from or to a security group, or for each of several ranges. */
function ruleFix({ group, direction, ports, protocol, others, region, name }: Rule): Fix {
  const kind = direction === 'in' ? 'ingress' : 'egress';
  const [first = '', ...more] = others;
  const isSix = first.includes(':');
  const [list, key, argument] = first.startsWith('sg-')
    ? ['UserIdGroupPairs', 'GroupId', 'referenced_security_group_id']
    : isSix
      ? ['Ipv6Ranges', 'CidrIpv6', 'cidr_ipv6']
      : ['IpRanges', 'CidrIp', 'cidr_ipv4'];
  const peer = `${list}=[${others.map((one) => `{${key}=${one}}`).join(',')}]`;
  const each = more.length > 0 ? `  for_each = toset(${JSON.stringify(others)})\n` : '';
  const reference = `${argument} = ${more.length > 0 ? 'each.value' : `"${first}"`}`;
  const other = listed(others);
  const span = ports.from === ports.to ? `${ports.from}` : `${ports.from} to ${ports.to}`;
  const summary =
    direction === 'in'
      ? `Let ${other} in at ${protocol.toUpperCase()} ${span} of ${group}.`
      : `Let ${group} out to ${other} at ${protocol.toUpperCase()} ${span}.`;
  return {
    summary,
    terraform: `resource "aws_vpc_security_group_${kind}_rule" "${name}" {
${each}  security_group_id = "${group}"
  ${reference}
  ip_protocol = "${protocol}"
  from_port   = ${ports.from}
  to_port     = ${ports.to}
}`,
    cli: `aws ec2 authorize-security-group-${kind} --group-id ${group} --ip-permissions 'IpProtocol=${protocol},FromPort=${ports.from},ToPort=${ports.to},${peer}' --region ${region}`,
    console: consoleOf('network', { region, resource: group }),
  };
}

/** Security groups and what to name as the other end, for the rule that a way lacks. */
export interface Between {
  /** The groups of the side that opens the connection, any of which may be named, or all its addresses. */
  from: readonly string[];
  to: readonly string[];
  region: string;
  name: string;
  /** The side that is asked: the tasks, or the load balancer in front of them. */
  side: 'tasks' | 'balancer';
  /** The ports that a rule has to be for, where it is more than the one of now. */
  ports?: { from: number; to: number } | undefined;
}

/** What a broken hop means for a connection, with the rule to add where it is a rule that is missing. */
export function blockOf(step: Broken, { from, to, region, name, side, ports }: Between): Block {
  const { sentence, evidence, port, protocol, subject, kind } = step;
  const names = { region, resource: subject, port: String(port) };
  const common = { sentence, evidence, names };
  const rule = { ports: ports ?? { from: port, to: port }, protocol, region, name };
  if (kind === 'security-group-in') {
    const cause = side === 'balancer' ? 'connect-balancer-ingress-missing' : 'connect-ingress-missing';
    return { cause, ...common, ...fixFor({ ...rule, group: subject, direction: 'in', others: from }) };
  }
  if (kind === 'security-group-out') {
    const fix = fixFor({ ...rule, group: subject, direction: 'out', others: to });
    return { cause: 'connect-egress-missing', ...common, ...fix };
  }
  if (kind === 'network-acl') return { cause: 'connect-acl-blocked', ...common };
  return { cause: 'connect-no-route', ...common };
}

/** Of groups one is enough: an interface has all of them. */
function fixFor(rule: Rule): { fix?: Fix } {
  const [first] = rule.others;
  if (first === undefined) return {};
  return { fix: ruleFix(first.startsWith('sg-') ? { ...rule, others: [first] } : rule) };
}
