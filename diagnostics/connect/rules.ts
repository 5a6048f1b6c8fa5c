import { consoleOf } from '../console.ts';
import type { Broken } from '../network/steps.ts';
import type { Fix } from '../report.ts';
import type { Block } from './way.ts';

interface Rule {
  group: string;
  direction: 'in' | 'out';
  ports: { from: number; to: number };
  protocol: string;
  /** A security group, or a range of addresses. */
  other: string;
  region: string;
  name: string;
}

/** One rule more, from or to a security group or a range. */
export function ruleFix({ group, direction, ports, protocol, other, region, name }: Rule): Fix {
  const kind = direction === 'in' ? 'ingress' : 'egress';
  const isGroup = other.startsWith('sg-');
  const isSix = other.includes(':');
  const reference = isGroup
    ? `referenced_security_group_id = "${other}"`
    : `${isSix ? 'cidr_ipv6' : 'cidr_ipv4'} = "${other}"`;
  const peer = isGroup
    ? `UserIdGroupPairs=[{GroupId=${other}}]`
    : isSix
      ? `Ipv6Ranges=[{CidrIpv6=${other}}]`
      : `IpRanges=[{CidrIp=${other}}]`;
  const span = ports.from === ports.to ? `${ports.from}` : `${ports.from} to ${ports.to}`;
  const summary =
    direction === 'in'
      ? `Let ${other} in at ${protocol.toUpperCase()} ${span} of ${group}.`
      : `Let ${group} out to ${other} at ${protocol.toUpperCase()} ${span}.`;
  return {
    summary,
    terraform: `resource "aws_vpc_security_group_${kind}_rule" "${name}" {
  security_group_id = "${group}"
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
  /** The groups of the side that opens the connection, or its addresses where it has none. */
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
    const [other] = from;
    return {
      cause,
      ...common,
      ...(other && { fix: ruleFix({ ...rule, group: subject, direction: 'in', other }) }),
    };
  }
  if (kind === 'security-group-out') {
    const [other] = to;
    return {
      cause: 'connect-egress-missing',
      ...common,
      ...(other && { fix: ruleFix({ ...rule, group: subject, direction: 'out', other }) }),
    };
  }
  if (kind === 'network-acl') return { cause: 'connect-acl-blocked', ...common };
  return { cause: 'connect-no-route', ...common };
}
