import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { drain, none, updateService } from './fixes.ts';

/** Group 5: the network interface of a task. */
export const networkCauses: readonly Cause[] = [
  cause('subnet-ip-exhausted', 'subnet has no free addresses', {
    stage: 2,
    owner: 'network',
    meaning: 'The subnet has no address left for the network interface of another task.',
    confirm: 'AvailableIpAddressCount of each subnet of the service, against what a deployment needs on top.',
    next: ['addresses', 'deployments'],
    fix: (n) => ({
      summary: `Add subnets or free addresses in ${n.resource ?? 'the subnet'}; a lower maximumPercent lets a deployment need fewer at once.`,
      cli: `aws ec2 describe-subnets --subnet-ids ${n.resource ?? 'SUBNET_ID'} --query 'Subnets[].[SubnetId,AvailableIpAddressCount]'\n${updateService(n, '--deployment-configuration maximumPercent=150,minimumHealthyPercent=50')}`,
    }),
  }),
  cause('eni-provision-timeout', 'network interface came too late', {
    stage: 2,
    severity: 'warn',
    owner: 'aws',
    meaning:
      'The network interface was not ready in the time that ECS gives it, often because EC2 throttled.',
    confirm: 'Attachment status; CreateNetworkInterface in CloudTrail; limits of the instance.',
    next: ['addresses', 'capacity', 'stopped-tasks'],
    fix: none(
      'Let the service try again, start fewer tasks at once, and look for throttled EC2 calls when it repeats.',
    ),
  }),
  cause('eni-config-failed', 'network interface could not be set up', {
    stage: 2,
    severity: 'warn',
    owner: 'aws',
    meaning: "The interface exists, but could not be configured in the task's own network.",
    confirm: 'Agent log, platform version, how often it happens.',
    next: ['stopped-tasks', 'capacity'],
    fix: (n) => ({
      summary:
        'Let the task be replaced; drain the instance if it is always the same one, and open a support case if Fargate repeats it.',
      cli: drain(n),
    }),
  }),
  cause('eni-attach-failed', 'instance has no interface left', {
    stage: 2,
    owner: 'capacity',
    meaning: 'EC2 could not attach another network interface to the instance.',
    confirm: 'Limit of the instance type, awsvpcTrunking, awsvpc tasks on the instance.',
    next: ['capacity'],
    fix: () => ({
      summary:
        'Turn on trunking (for instances that are started afterwards), use a larger type, or fewer awsvpc tasks on one instance.',
      terraform:
        'resource "aws_ecs_account_setting_default" "trunking" {\n  name  = "awsvpcTrunking"\n  value = "enabled"\n}',
      cli: 'aws ecs put-account-setting-default --name awsvpcTrunking --value enabled',
    }),
  }),
  cause('eni-tag-policy-blocked', 'a tag policy refuses its interface', {
    stage: 2,
    owner: 'operator',
    meaning: 'A tag policy of the organization refused the tags, or their absence, on the network interface.',
    confirm: 'The effective tag policy, propagateTags, and the tags of service and task definition.',
    next: [],
    fix: (n) => ({
      summary:
        'Put the required tags on the service or task definition and propagate them, or spare network interfaces in the tag policy.',
      terraform: `resource "aws_ecs_service" "${n.service ?? 'SERVICE'}" {\n  propagate_tags = "SERVICE"\n  tags           = { REQUIRED_TAG = "VALUE" }\n}`,
      cli: updateService(n, '--propagate-tags SERVICE --force-new-deployment'),
    }),
  }),
  cause('eni-permission-denied', 'not allowed to create its interface', {
    stage: 2,
    owner: 'operator',
    meaning:
      'EC2 refused the interface: a service control policy, a subnet that is shared no longer, or the service-linked role.',
    confirm:
      'errorCode of CreateNetworkInterface in CloudTrail; the share of the subnet; the policies of the organization.',
    next: ['iam', 'network'],
    fix: () => ({
      summary:
        'Restore the service-linked role of ECS, and check the share of the subnet and the service control policies.',
      cli: 'aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
    }),
  }),
  cause('ipv6-misconfigured', 'IPv6 is not set up for it', {
    stage: 2,
    owner: 'network',
    meaning:
      'A dual-stack or IPv6 task cannot be wired, or reaches a service by a family that leads nowhere.',
    confirm:
      'IPv6 ranges of the subnet, the account setting dualStackIPv6, and the address family in the text.',
    next: ['network'],
    fix: () => ({
      summary: 'Add the IPv6 range, route and egress-only gateway, or let the task use IPv4 addresses.',
      terraform:
        'resource "aws_route" "ipv6" {\n  route_table_id              = "TASK_ROUTE_TABLE_ID"\n  destination_ipv6_cidr_block = "::/0"\n  egress_only_gateway_id      = "EGRESS_ONLY_GATEWAY_ID"\n}',
      cli: 'aws ec2 create-route --route-table-id TASK_ROUTE_TABLE_ID --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id EGRESS_ONLY_GATEWAY_ID',
    }),
  }),
];
