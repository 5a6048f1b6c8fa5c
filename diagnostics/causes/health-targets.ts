import type { Cause, FixNames } from './cause.ts';
import { cause } from './define.ts';
import { allow, forceDeployment, none, roleName } from './fixes.ts';

function group(n: FixNames): string {
  return n.targetGroupArn ?? 'TARGET_GROUP_ARN';
}

/** Group 9, second half: targets, target groups and load balancers. */
export const healthTargetCauses: readonly Cause[] = [
  cause('elb-az-not-enabled', 'load balancer does not cover its zone', {
    stage: 7,
    owner: 'load-balancer',
    meaning:
      'The task runs in an Availability Zone that the load balancer does not serve; a share of placements fails for ever.',
    confirm: 'AvailabilityZones of the load balancer against the zones of the task subnets.',
    next: ['target-health', 'health'],
    fix: () => ({
      summary: 'Enable that zone on the load balancer, or take its subnet out of the service.',
      terraform:
        'resource "aws_lb" "LOAD_BALANCER" {\n  subnets = ["SUBNET_ZONE_A", "SUBNET_ZONE_B", "SUBNET_ZONE_C"]\n}',
      cli: 'aws elbv2 set-subnets --load-balancer-arn LOAD_BALANCER_ARN --subnets SUBNET_ZONE_A SUBNET_ZONE_B SUBNET_ZONE_C',
    }),
  }),
  cause('elb-target-group-missing', 'target group no longer exists', {
    stage: 7,
    owner: 'load-balancer',
    meaning: 'The target group that the service registers with was deleted.',
    confirm: 'elbv2:DescribeTargetGroups answers TargetGroupNotFound.',
    next: ['target-health', 'service-events'],
    fix: (n) => ({
      summary: `Create the target group anew, or point the service at one that exists${n.targetGroupArn ? ` instead of ${n.targetGroupArn}` : ''}.`,
      cli: `aws ecs update-service --cluster ${n.cluster ?? 'CLUSTER'} --service ${n.service ?? 'SERVICE'} --load-balancers targetGroupArn=TARGET_GROUP_ARN,containerName=${n.container ?? 'CONTAINER'},containerPort=${n.port ?? 'PORT'}`,
    }),
  }),
  cause('elb-target-missing', 'not registered with its target group', {
    stage: 7,
    severity: 'warn',
    owner: 'load-balancer',
    meaning: 'The target group does not know the task; something else took it out, or it was never added.',
    confirm: 'Target.NotRegistered in elbv2:DescribeTargetHealth.',
    next: ['target-health', 'health'],
    fix: (n) => ({
      summary: 'Look for something that deregisters targets, then deploy the service anew.',
      cli: forceDeployment(n),
    }),
  }),
  cause('elb-target-unused', 'target group is not used by a listener', {
    stage: 7,
    owner: 'load-balancer',
    meaning: 'No listener sends traffic to the target group, so its targets are never checked.',
    confirm: 'State unused with Target.NotInUse; elbv2:DescribeRules.',
    next: ['target-health', 'health'],
    fix: (n) => ({
      summary: `Let a listener rule forward to the target group${n.targetGroupArn ? ` ${n.targetGroupArn}` : ''}.`,
      terraform: `resource "aws_lb_listener_rule" "forward" {
  listener_arn = "LISTENER_ARN"
  action {
    type             = "forward"
    target_group_arn = "${group(n)}"
  }
  condition {
    path_pattern { values = ["/PATH/*"] }
  }
}`,
      cli: `aws elbv2 create-rule --listener-arn LISTENER_ARN --priority NUMBER --conditions Field=path-pattern,Values='/PATH/*' --actions Type=forward,TargetGroupArn=${group(n)}`,
    }),
  }),
  cause('elb-target-ip-unusable', 'its address belongs to a load balancer', {
    stage: 7,
    owner: 'network',
    meaning: 'The address of the task is used by a load balancer and cannot be a target.',
    confirm: 'Target.IpUnusable in elbv2:DescribeTargetHealth.',
    next: ['target-health', 'health'],
    fix: (n) => ({
      summary: 'Let the task be placed again so that it gets another address or subnet.',
      cli: forceDeployment(n),
    }),
  }),
  cause('elb-quota', 'a load balancer quota is reached', {
    stage: 7,
    owner: 'operator',
    meaning: 'The target group or load balancer takes no more targets.',
    confirm: 'The quotas of elasticloadbalancing against the number of targets.',
    next: ['target-health'],
    fix: () => ({
      summary: 'Ask for a higher quota, or spread the service over more target groups.',
      cli: 'aws service-quotas list-service-quotas --service-code elasticloadbalancing --query "Quotas[].[QuotaName,Value,QuotaCode]"',
    }),
  }),
  cause('elb-registering', 'still registering with the load balancer', {
    stage: 7,
    severity: 'info',
    owner: 'nothing',
    meaning: 'Registration or the first health checks are under way.',
    confirm: 'Target state initial.',
    next: ['target-health'],
    fix: none(
      'Wait: the first check that a new target passes makes it healthy, whatever its healthy threshold.',
    ),
  }),
  cause('elb-draining', 'draining out of the load balancer', {
    stage: 7,
    severity: 'info',
    owner: 'nothing',
    meaning: 'The target finishes its open requests before it goes.',
    confirm: 'Target state draining.',
    next: ['target-health'],
    fix: none(
      'Nothing has to be changed; the deregistration delay of the target group sets how long it takes.',
    ),
  }),
  cause('elb-register-denied', 'ECS may not register its targets', {
    stage: 7,
    owner: 'infrastructure-role',
    meaning: 'The role that ECS uses for the load balancer lacks a right.',
    confirm: 'roleArn of the service or the infrastructure role; RegisterTargets in CloudTrail.',
    next: ['iam', 'service-events'],
    fix: (n) => ({
      summary: `Allow ${n.action ?? 'the action that the event names'} to the role of the service.`,
      ...allow(
        roleName(undefined, 'LOAD_BALANCER_ROLE'),
        [n.action ?? 'elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
        group(n),
      ),
    }),
  }),
  cause('elb-vpc-mismatch', 'target group lies in another VPC', {
    stage: 7,
    owner: 'load-balancer',
    meaning: 'The tasks run in another VPC than the one of the target group.',
    confirm: 'VpcId of the target group against the VPC of the task subnets.',
    next: ['target-health', 'health'],
    fix: () => ({
      summary: 'Create the target group in the VPC of the tasks; its VPC cannot be changed.',
      terraform:
        'resource "aws_lb_target_group" "task" {\n  vpc_id      = "TASK_VPC_ID"\n  target_type = "ip"\n  port        = PORT\n  protocol    = "HTTP"\n}',
      cli: 'aws elbv2 create-target-group --name NAME --vpc-id TASK_VPC_ID --target-type ip --protocol HTTP --port PORT',
    }),
  }),
  cause('elb-target-type-mismatch', 'target type does not fit its network mode', {
    stage: 7,
    owner: 'load-balancer',
    meaning: 'A target group of type instance cannot hold awsvpc tasks, and one of type ip no bridge tasks.',
    confirm: 'TargetType of the target group against networkMode of the definition.',
    next: ['target-health'],
    fix: () => ({
      summary: 'Create a target group of type ip for awsvpc (always on Fargate); the type cannot be changed.',
      terraform:
        'resource "aws_lb_target_group" "task" {\n  target_type = "ip"\n  vpc_id      = "TASK_VPC_ID"\n  port        = PORT\n  protocol    = "HTTP"\n}',
      cli: 'aws elbv2 create-target-group --name NAME --vpc-id TASK_VPC_ID --target-type ip --protocol HTTP --port PORT',
    }),
  }),
  cause('elb-tg-not-attached', 'target group has no load balancer', {
    stage: 7,
    owner: 'load-balancer',
    meaning: 'The service was to be created before its target group belonged to a load balancer.',
    confirm: 'LoadBalancerArns of the target group is empty.',
    next: ['target-health', 'health'],
    fix: (n) => ({
      summary:
        'Create the listener that forwards to the target group first, and let the service depend on it.',
      terraform: `resource "aws_ecs_service" "${n.service ?? 'SERVICE'}" {\n  depends_on = [aws_lb_listener.LISTENER]\n}`,
      cli: `aws elbv2 create-listener --load-balancer-arn LOAD_BALANCER_ARN --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=${group(n)}`,
    }),
  }),
];
