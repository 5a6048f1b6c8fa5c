import type { Fix, Target } from '../report.ts';
import { listed } from '../words.ts';
import { endpointFix, noRouteFix, replaceRouteFix } from './route-fixes.ts';
import type { Line } from './survey.ts';
import type { Path, Topology } from './topology.ts';

type Broken = Extract<Path, { state: 'broken' }>;

export interface FixGrounds {
  /** Of one hop, all that it breaks. */
  lines: readonly [Line, ...Line[]];
  broken: Broken;
  topology: Topology;
  target: Target;
}

/** What to change at the hop that is broken, with real ids; undefined where the catalogue says as much. */
export function fixOf(grounds: FixGrounds): Fix | undefined {
  const { broken } = grounds;
  switch (broken.cause) {
    case 'network-no-route':
      return noRouteFix(grounds);
    case 'network-route-blackhole':
    case 'network-nat-unavailable':
    case 'network-nat-private':
      return replaceRouteFix(grounds);
    case 'network-no-public-ip':
      return publicAddressFix(grounds);
    case 'network-egress-blocked':
      return egressFix(grounds);
    case 'network-endpoint-ingress-blocked':
      return ingressFix(grounds);
    case 'network-acl-blocked':
      return aclFix(grounds);
    case 'network-endpoint-policy-denied':
      return policyFix(grounds);
    case 'network-endpoint-unavailable':
      return endpointFix(grounds);
    default:
      return undefined;
  }
}

function publicAddressFix({ lines, target }: FixGrounds): Fix | undefined {
  const { place } = lines[0];
  if (place.from === 'host' || place.onInstance || target.service === undefined) return undefined;
  const subnets = [...new Set(lines.map((line) => line.place.subnet))];
  const groups = place.securityGroups.join(',');
  return {
    summary: `Assign a public address to the tasks of ${target.service}, or move them to subnets that lead to a NAT gateway.`,
    terraform: `resource "aws_ecs_service" "${target.service}" {\n  network_configuration {\n    subnets          = [${quoted(subnets)}]\n    security_groups  = [${quoted(place.securityGroups)}]\n    assign_public_ip = true\n  }\n}`,
    cli: `aws ecs update-service --cluster ${target.cluster} --service ${target.service} --network-configuration "awsvpcConfiguration={subnets=[${subnets.join(',')}],securityGroups=[${groups}],assignPublicIp=ENABLED}" --region ${target.region}`,
  };
}

function egressFix({ lines, broken, target }: FixGrounds): Fix {
  const group = broken.subject;
  const places = [...new Set(lines.map(({ need }) => need.label))];
  return {
    summary: `Let ${group} send TCP ${broken.port} out, to ${listed(places)}.`,
    terraform: `resource "aws_vpc_security_group_egress_rule" "https" {\n  security_group_id = "${group}"\n  cidr_ipv4         = "0.0.0.0/0"\n  ip_protocol       = "tcp"\n  from_port         = ${broken.port}\n  to_port           = ${broken.port}\n}`,
    cli: `aws ec2 authorize-security-group-egress --group-id ${group} --ip-permissions 'IpProtocol=tcp,FromPort=${broken.port},ToPort=${broken.port},IpRanges=[{CidrIp=0.0.0.0/0}]' --region ${target.region}`,
  };
}

function ingressFix({ lines, broken, target }: FixGrounds): Fix {
  const group = broken.subject;
  const [source = 'TASK_SECURITY_GROUP_ID'] = lines[0].place.securityGroups;
  return {
    summary: `Let the security group ${group} of the endpoint admit TCP ${broken.port} from ${source}.`,
    terraform: `resource "aws_vpc_security_group_ingress_rule" "endpoint" {\n  security_group_id            = "${group}"\n  referenced_security_group_id = "${source}"\n  ip_protocol                  = "tcp"\n  from_port                    = ${broken.port}\n  to_port                      = ${broken.port}\n}`,
    cli: `aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port ${broken.port} --source-group ${source} --region ${target.region}`,
  };
}

/** A number below that of the rule that denies comes before it. */
function aclFix({ broken, topology, target }: FixGrounds): Fix {
  const acl = broken.subject;
  const inbound = broken.rule?.endsWith('inbound') === true;
  const isReply =
    inbound === (broken.sentence.includes('out to') === false) && broken.sentence.includes('replies');
  const [from, to] = isReply ? [1024, 65_535] : [broken.port, broken.port];
  const denying = Number(/rule (\d+)/.exec(broken.rule ?? '')?.[1] ?? Number.NaN);
  const entries = topology.networkAcls?.ok
    ? (topology.networkAcls.value.find(({ NetworkAclId }) => NetworkAclId === acl)?.Entries ?? [])
    : [];
  const taken = new Set(
    entries.flatMap(({ Egress, RuleNumber }) => (Egress === !inbound ? (RuleNumber ?? []) : [])),
  );
  let number = Number.isNaN(denying) ? 200 : Math.max(1, denying - 1);
  while (taken.has(number) && number > 1) number -= 1;
  const what = isReply ? 'the replies, TCP 1024 to 65535' : `TCP ${broken.port}`;
  return {
    summary: `Let ${acl} pass ${what} ${inbound ? 'in' : 'out'}, at a number before ${broken.rule?.split(' ').slice(0, 2).join(' ') ?? 'the one that denies'}. A network ACL does not remember connections: replies need a rule of their own.`,
    terraform: `resource "aws_network_acl_rule" "https" {\n  network_acl_id = "${acl}"\n  egress         = ${!inbound}\n  rule_number    = ${number}\n  protocol       = "tcp"\n  rule_action    = "allow"\n  cidr_block     = "0.0.0.0/0"\n  from_port      = ${from}\n  to_port        = ${to}\n}`,
    cli: `aws ec2 create-network-acl-entry --network-acl-id ${acl} ${inbound ? '--ingress' : '--egress'} --rule-number ${number} --protocol 6 --port-range From=${from},To=${to} --cidr-block 0.0.0.0/0 --rule-action allow --region ${target.region}`,
  };
}

function policyFix({ lines, broken, target }: FixGrounds): Fix {
  const calls = lines.flatMap(({ need: { destination } }) =>
    destination.kind === 'aws' ? (destination.calls ?? []) : [],
  );
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Action: [...new Set(calls.map(({ action }) => action))],
    Resource: [...new Set(calls.map(({ resource }) => resource))],
  };
  const refused = broken.rule === undefined ? '' : `, and take the refusal ${broken.rule} out of it`;
  return {
    summary: `Let the policy of ${broken.subject} allow ${listed(statement.Action)}${refused}.`,
    policy: JSON.stringify(statement, null, 2),
    terraform: `resource "aws_vpc_endpoint_policy" "this" {\n  vpc_endpoint_id = "${broken.subject}"\n  policy          = file("policy.json") # the statements that it has, and the one above\n}`,
    cli: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${broken.subject} --policy-document file://policy.json --region ${target.region}`,
  };
}

function quoted(ids: readonly string[]): string {
  return ids.map((id) => `"${id}"`).join(', ');
}
