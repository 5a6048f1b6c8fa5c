import type { Target } from './report.ts';

/** The commands that show by hand what a finding rests on. */

export function describeTask(target: Target, task: string): string {
  return aws(target, `ecs describe-tasks --cluster ${word(target.cluster)} --tasks ${word(task)}`);
}

export function describeService(target: Target): string {
  return aws(
    target,
    `ecs describe-services --cluster ${word(target.cluster)} --services ${word(target.service)}`,
  );
}

export function describeTargetHealth(target: Target, targetGroupArn: string): string {
  return aws(target, `elbv2 describe-target-health --target-group-arn ${word(targetGroupArn)}`);
}

export function describeTargetGroup(target: Target, targetGroupArn: string): string {
  return aws(target, `elbv2 describe-target-groups --target-group-arns ${word(targetGroupArn)}`);
}

export function describeLoadBalancer(target: Target, arn: string): string {
  return aws(target, `elbv2 describe-load-balancers --load-balancer-arns ${word(arn)}`);
}

export function describeTaskDefinition(target: Target, revision: string): string {
  return aws(target, `ecs describe-task-definition --task-definition ${word(revision)}`);
}

export function listServiceDeployments(target: Target): string {
  return aws(
    target,
    `ecs list-service-deployments --cluster ${word(target.cluster)} --service ${word(target.service)}`,
  );
}

export function getLogEvents(target: Target, group: string, stream: string): string {
  return aws(
    target,
    `logs get-log-events --log-group-name ${word(group)} --log-stream-name ${word(stream)} --limit 100`,
  );
}

export function filterLogEvents(target: Target, group: string, pattern: string): string {
  return aws(
    target,
    `logs filter-log-events --log-group-name ${word(group)} --filter-pattern ${word(pattern)}`,
  );
}

export function describeContainerInstances(target: Target, instances: readonly string[]): string {
  const ids = instances.map((arn) => word(arn.split('/').at(-1))).join(' ');
  return aws(
    target,
    `ecs describe-container-instances --cluster ${word(target.cluster)} --container-instances ${ids}`,
  );
}

export function describeSubnets(target: Target, subnets: readonly string[]): string {
  const fields = "'Subnets[].[SubnetId,AvailabilityZone,AvailableIpAddressCount]'";
  return aws(target, `ec2 describe-subnets --subnet-ids ${subnets.map(word).join(' ')} --query ${fields}`);
}

export function describeSecurityGroups(target: Target, groups: readonly string[]): string {
  return aws(target, `ec2 describe-security-groups --group-ids ${groups.map(word).join(' ')}`);
}

export function describeCapacityProviders(target: Target, names: readonly string[]): string {
  return aws(target, `ecs describe-capacity-providers --capacity-providers ${names.map(word).join(' ')}`);
}

export function describeScalingGroup(target: Target, name: string): string {
  return aws(target, `autoscaling describe-auto-scaling-groups --auto-scaling-group-names ${word(name)}`);
}

export function describeScalingActivities(target: Target, name: string): string {
  return aws(
    target,
    `autoscaling describe-scaling-activities --auto-scaling-group-name ${word(name)} --max-items 5`,
  );
}

export function describeSecret(target: Target, id: string): string {
  return aws(target, `secretsmanager describe-secret --secret-id ${word(id)}`);
}

export function describeServiceRevisions(target: Target, arns: readonly string[]): string {
  return aws(target, `ecs describe-service-revisions --service-revision-arns ${arns.map(word).join(' ')}`);
}

export function describeAlarms(target: Target, names: readonly string[]): string {
  return aws(target, `cloudwatch describe-alarms --alarm-names ${names.map(word).join(' ')}`);
}

export function describeAlarmHistory(target: Target, name: string): string {
  return aws(
    target,
    `cloudwatch describe-alarm-history --alarm-name ${word(name)} --history-item-type StateUpdate --max-items 10`,
  );
}

function aws(target: Target, command: string): string {
  return `aws ${command} --region ${target.region}`;
}

/** Quoted where a shell would read more than a word in it. */
function word(text: string | undefined): string {
  const value = text ?? '';
  return /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
