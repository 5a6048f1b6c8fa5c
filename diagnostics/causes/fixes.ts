import { rolePolicy } from '../policy/role-statement.ts';
import type { Fix } from '../report.ts';
import type { FixNames } from './cause.ts';

/** ` --region R` where the region is known; else the caller's default applies. */
function region(n: FixNames): string {
  return n.region ? ` --region ${n.region}` : '';
}

/** `--cluster C --service S`, with placeholders for what is not known. */
function service(n: FixNames): string {
  return `--cluster ${n.cluster ?? 'CLUSTER'} --service ${n.service ?? 'SERVICE'}${region(n)}`;
}

/** The container's name in a sentence. */
export function container(n: FixNames): string {
  return n.container ?? 'the container';
}

/** A role by its name, for commands that do not take an ARN. */
export function roleName(arn: string | undefined, placeholder: string): string {
  return arn?.split('/').at(-1) ?? placeholder;
}

/** Starts the service's tasks anew, so that ECS resolves tags and reads secrets again. */
export function forceDeployment(n: FixNames): string {
  return `aws ecs update-service ${service(n)} --force-new-deployment`;
}

/** Takes the tasks off an instance and places none on it any more. */
export function drain(n: FixNames): string {
  return `aws ecs update-container-instances-state --cluster ${n.cluster ?? 'CLUSTER'} --container-instances ${n.containerInstance ?? 'CONTAINER_INSTANCE'} --status DRAINING`;
}

/** Changes settings of the service itself. */
export function updateService(n: FixNames, options: string): string {
  return `aws ecs update-service ${service(n)} ${options}`;
}

function familyOf(n: FixNames): string {
  return n.family ?? n.revision?.split(':')[0] ?? 'FAMILY';
}

/** Back to the revision that ran, while the fault is repaired. */
export function goBack(n: FixNames): string {
  return updateService(n, `--task-definition ${n.lastGoodRevision ?? `${familyOf(n)}:LAST_GOOD_REVISION`}`);
}

/**
 * A new revision of the task definition with one change, given as a jq assignment.
 * `describe-task-definition` returns fields that `register-task-definition` refuses; they are taken out.
 */
export function revise(n: FixNames, change: string): string {
  const family = familyOf(n);
  return [
    `aws ecs describe-task-definition --task-definition ${n.revision ?? family}${region(n)} --query taskDefinition \\`,
    `  | jq 'del(.taskDefinitionArn,.revision,.status,.requiresAttributes,.compatibilities,.registeredAt,.registeredBy) | ${change}' > task.json`,
    `aws ecs register-task-definition${region(n)} --cli-input-json file://task.json`,
    updateService(n, `--task-definition ${family}`),
  ].join('\n');
}

/** The jq path of one container of the task definition. */
export function inContainer(n: FixNames): string {
  return `(.containerDefinitions[] | select(.name == "${n.container ?? 'CONTAINER'}"))`;
}

/**
 * One more statement for a role, in Terraform and as a command, and as JSON where nothing is left to fill in: the
 * JSON stands for the exact statement, which a deeper check then does not replace.
 */
export function allow(
  role: string,
  actions: readonly string[],
  resource: string,
): Pick<Fix, 'terraform' | 'cli' | 'policy'> {
  const { policy, ...rest } = rolePolicy(role, [{ actions, resource }]);
  const exact = ![role, ...actions, resource].some((part) => part === '*' || /\b[A-Z]+_[A-Z_]+\b/.test(part));
  return exact ? { ...rest, policy } : rest;
}

/** An interface endpoint for one AWS service, for subnets that have no way to the internet. */
export function interfaceEndpoint(n: FixNames, name: string): Pick<Fix, 'terraform' | 'cli'> {
  // Source: ECR User Guide, "Amazon ECR interface VPC endpoints": China has a prefix of its own.
  const ownPrefix = n.region?.startsWith('cn-') && name.startsWith('ecr.') ? 'cn.' : '';
  const serviceName = `${ownPrefix}com.amazonaws.${n.region ?? 'REGION'}.${name}`;
  return {
    terraform: `resource "aws_vpc_endpoint" "${name.replaceAll('.', '_')}" {
  vpc_id              = "VPC_ID"
  service_name        = "${serviceName}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = ["TASK_SUBNET_ID"]
  security_group_ids  = ["ENDPOINT_SECURITY_GROUP_ID"] # inbound 443 from the task security group
}`,
    cli: `aws ec2 create-vpc-endpoint --vpc-id VPC_ID --vpc-endpoint-type Interface --service-name ${serviceName} --private-dns-enabled --subnet-ids TASK_SUBNET_ID --security-group-ids ENDPOINT_SECURITY_GROUP_ID${region(n)}`,
  };
}

/** Nothing has to be changed. */
export function none(summary = 'Nothing has to be changed.'): (names: FixNames) => Fix {
  return () => ({ summary });
}
