import type { Fix } from '../report.ts';
import { listed } from '../words.ts';

interface OpenPort {
  /** The group that has to let somebody in or out. */
  group: string;
  /** `8080`, or `32768-60999`. */
  port: string;
  /** Whose group it is, where it is to let somebody in. */
  of?: 'tasks' | 'instances';
  /** Security group ids, or ranges of addresses. */
  from: readonly string[];
  region: string | undefined;
  /** Outbound rules of the load balancer instead of inbound ones of the task. */
  outbound?: boolean;
}

/** One rule more in a security group, for TCP on one port or a range of them. */
export function openPort({ group, port, of = 'tasks', from, region, outbound = false }: OpenPort): Fix {
  const [first = port, last = port] = port.split('-');
  const direction = outbound ? 'egress' : 'ingress';
  const at = region === undefined ? '' : ` --region ${region}`;
  const rules = from.map((source, index) => {
    const name = from.length === 1 ? 'health_check' : `health_check_${index + 1}`;
    const settings = [
      ['security_group_id', `"${group}"`],
      [
        isRange(source) ? (source.includes(':') ? 'cidr_ipv6' : 'cidr_ipv4') : 'referenced_security_group_id',
        `"${source}"`,
      ],
      ['ip_protocol', '"tcp"'],
      ['from_port', first],
      ['to_port', last],
    ] as const;
    const width = Math.max(...settings.map(([key]) => key.length));
    const lines = settings.map(([key, value]) => `  ${key.padEnd(width)} = ${value}`);
    return `resource "aws_vpc_security_group_${direction}_rule" "${name}" {\n${lines.join('\n')}\n}`;
  });
  const commands = from.map((source) => {
    const peer = peerOf(source);
    return `aws ec2 authorize-security-group-${direction} --group-id ${group} --ip-permissions 'IpProtocol=tcp,FromPort=${first},ToPort=${last},${peer}'${at}`;
  });
  return {
    summary: outbound
      ? `Let the security group ${group} of the load balancer send to ${listed(from)} at TCP ${port}.`
      : `Let ${listed(from)} in at TCP ${port} of the security group ${group} of the ${of}.`,
    terraform: rules.join('\n\n'),
    cli: commands.join('\n'),
  };
}

/** As the AWS CLI's shorthand names the other end. */
function peerOf(source: string): string {
  if (!isRange(source)) return `UserIdGroupPairs=[{GroupId=${source}}]`;
  return source.includes(':') ? `Ipv6Ranges=[{CidrIpv6=${source}}]` : `IpRanges=[{CidrIp=${source}}]`;
}

/** A range of addresses, or what stands for one that is not known; not a group. */
function isRange(source: string): boolean {
  return /\/\d+$|_RANGE$/.test(source);
}

/** What to change where the application answers with a code that the target group does not take. */
export function codeFix(code: string | undefined, group: string, region: string | undefined): Fix {
  const modify = (settings: string) =>
    `aws elbv2 modify-target-group --target-group-arn ${group} ${settings}${region === undefined ? '' : ` --region ${region}`}`;
  if (code !== undefined && /^3\d\d$/.test(code))
    return {
      summary: `Point the check at a path that answers without a redirect, or exempt the health path from the redirect to HTTPS; to take the redirect itself for health, let the matcher accept ${code}.`,
      terraform: `health_check {\n  path    = "/HEALTH_PATH_WITHOUT_REDIRECT"\n  matcher = "200"\n}`,
      cli: modify('--health-check-path /HEALTH_PATH_WITHOUT_REDIRECT --matcher HttpCode=200'),
    };
  if (code === '400' || code === '421')
    return {
      summary:
        'Let the application take the health path whatever the Host header says: a check names an address and a port there, of the target or of a network load balancer’s node, which are in no list of allowed hosts. The header of a check cannot be set.',
      terraform: `health_check {\n  path    = "/HEALTH_PATH_FOR_ANY_HOST"\n  matcher = "200"\n}`,
      cli: modify('--health-check-path /HEALTH_PATH_FOR_ANY_HOST --matcher HttpCode=200'),
    };
  if (code === '401' || code === '403')
    return {
      summary: `Let the health path answer without a login; the check carries none. Accepting ${code} in the matcher proves only that the process answers.`,
      terraform: `health_check {\n  path    = "/HEALTH_PATH_WITHOUT_LOGIN"\n  matcher = "200"\n}`,
      cli: modify('--health-check-path /HEALTH_PATH_WITHOUT_LOGIN --matcher HttpCode=200'),
    };
  if (code?.startsWith('5'))
    return {
      summary: `The application itself answers ${code}: read its log at the minute of a check, and whether the health path depends on something else that is down.`,
      cli: `aws elbv2 describe-target-health --target-group-arn ${group}${region === undefined ? '' : ` --region ${region}`}`,
    };
  return {
    summary: `Answer the health path with the expected code${code === undefined ? '' : ` instead of ${code}`}, or let path and matcher of the target group fit what the application answers.`,
    terraform: 'health_check {\n  path    = "/HEALTH_PATH"\n  matcher = "200"\n}',
    cli: modify('--health-check-path /HEALTH_PATH --matcher HttpCode=200'),
  };
}
