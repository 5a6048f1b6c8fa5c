import type { Fix, Target } from '../report.ts';
import { listed } from '../words.ts';
import { endpointFix } from './endpoint-fixes.ts';
import { anotherNatFix, translationFix } from './nat-fixes.ts';
import { noRouteFix, replaceRouteFix } from './route-fixes.ts';
import { aclFix, egressFix, ingressFix } from './rule-fixes.ts';
import type { Line } from './survey.ts';
import type { Path, Topology } from './topology.ts';

type Broken = Extract<Path, { state: 'broken' }>;

export interface FixGrounds {
  /** Of one hop, all that it breaks. */
  lines: readonly [Line, ...Line[]];
  /** Every subnet that tasks of the target may be put into, those that are in order among them. */
  subnets: readonly string[];
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
      return replaceRouteFix(grounds);
    case 'network-nat-unavailable':
    case 'network-nat-private':
      return anotherNatFix(grounds);
    case 'network-appliance-drops':
      return passingOnFix(grounds);
    case 'network-no-public-ip':
      return publicAddressFix(grounds);
    case 'network-public-access-blocked':
      return exclusionFix(grounds);
    case 'network-egress-blocked':
      return egressFix(grounds);
    case 'network-endpoint-ingress-blocked':
      return ingressFix(grounds);
    case 'network-acl-blocked':
      return aclFix(grounds);
    case 'network-endpoint-policy-denied':
      return policyFix(grounds);
    case 'network-ipv4-missing':
      return translationFix(grounds);
    case 'network-endpoint-unavailable':
      return endpointFix(grounds);
    default:
      return undefined;
  }
}

function passingOnFix({ broken, target }: FixGrounds): Fix {
  const { subject: id } = broken;
  return {
    summary: `Turn off the source/destination check of ${id}, so that its machine passes on what is meant for others.`,
    terraform: `resource "aws_instance" "nat" {\n  source_dest_check = false # or in the aws_network_interface ${id}\n}`,
    cli: `aws ec2 modify-network-interface-attribute --network-interface-id ${id} --no-source-dest-check --region ${target.region}`,
  };
}

/** The command replaces the whole configuration: of one task alone that of its service is not known. */
function publicAddressFix({ lines, subnets, target }: FixGrounds): Fix | undefined {
  const { place } = lines[0];
  if (place.from === 'host' || place.onInstance) return undefined;
  if (target.service === undefined || target.task !== undefined) return undefined;
  const groups = place.securityGroups.join(',');
  return {
    summary: `Assign a public address to the tasks of ${target.service}, or move them to subnets that lead to a NAT gateway.`,
    terraform: `resource "aws_ecs_service" "${target.service}" {\n  network_configuration {\n    subnets          = [${quoted(subnets)}]\n    security_groups  = [${quoted(place.securityGroups)}]\n    assign_public_ip = true\n  }\n}`,
    cli: `aws ecs update-service --cluster ${target.cluster} --service ${target.service} --network-configuration "awsvpcConfiguration={subnets=[${subnets.join(',')}],securityGroups=[${groups}],assignPublicIp=ENABLED}" --region ${target.region}`,
  };
}

/**
 * An exclusion for egress alone counts only where both directions are blocked, and lets out what NAT and egress-only
 * gateways do; a public address of its own needs both directions.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcBlockPublicAccessExclusion.html
 */
function exclusionFix({ lines, target }: FixGrounds): Fix {
  const blocked = lines.flatMap(({ path }) => (path.state === 'broken' ? path.subject : []));
  const subnets = [...new Set(blocked)];
  const isOwn = lines.some(({ place }) => subnets.includes(place.subnet) && place.publicIpv4 === true);
  const mode = isOwn ? 'allow-bidirectional' : 'allow-egress';
  return {
    summary: isOwn
      ? `Move the tasks to subnets that lead to a NAT gateway, or exclude ${listed(subnets)} from block public access in both directions, which lets the internet in as far as security groups do.`
      : `Exclude ${listed(subnets)} from block public access, for egress alone.`,
    terraform: subnets
      .map(
        (id, index) =>
          `resource "aws_vpc_block_public_access_exclusion" "${index === 0 ? 'subnet' : `subnet_${index + 1}`}" {\n  subnet_id                       = "${id}"\n  internet_gateway_exclusion_mode = "${mode}"\n}`,
      )
      .join('\n\n'),
    cli: subnets
      .map(
        (id) =>
          `aws ec2 create-vpc-block-public-access-exclusion --subnet-id ${id} --internet-gateway-exclusion-mode ${mode} --region ${target.region}`,
      )
      .join('\n'),
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
