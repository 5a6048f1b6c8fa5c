import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { allow, goBack, none, revise, roleName, updateService } from './fixes.ts';

const quotas =
  "aws service-quotas list-service-quotas --service-code fargate --query 'Quotas[].[QuotaName,Value,QuotaCode]'";

/** Group 10, second half: capacity providers, Fargate, quotas, and AWS itself. */
export const capacityProviderCauses: readonly Cause[] = [
  cause('capacity-provider-empty', 'capacity provider has no instances', {
    stage: 1,
    owner: 'capacity',
    meaning: 'The capacity provider of the service has not brought up any instance.',
    confirm: 'ecs:DescribeCapacityProviders; activities and sizes of its Auto Scaling group.',
    next: ['capacity'],
    fix: (n) => ({
      summary: 'Let the group scale (its maximum, managed scaling), and see that its instances register.',
      terraform: 'managed_scaling {\n  status          = "ENABLED"\n  target_capacity = 100\n}',
      cli: `aws autoscaling describe-scaling-activities --auto-scaling-group-name ${n.scalingGroup ?? 'AUTO_SCALING_GROUP'} --max-items 5`,
    }),
  }),
  cause('capacity-provider-launch-failed', 'EC2 refused to launch its instances', {
    stage: 1,
    owner: 'capacity',
    meaning:
      'The provider tried to launch and EC2 said no: a quota, no Spot, no stock, or a request that cannot be met.',
    confirm: 'The error in the text; activities of the Auto Scaling group or of Managed Instances.',
    next: ['capacity', 'service-events'],
    fix: () => ({
      summary:
        'Raise the quota that the text names, or allow more instance types, zones and purchase options.',
      terraform: 'instance_requirements {\n  vcpu_count { min = 2 }\n  memory_mib { min = 4096 }\n}',
      cli: "aws service-quotas list-service-quotas --service-code ec2 --query 'Quotas[].[QuotaName,Value,QuotaCode]'",
    }),
  }),
  cause('capacity-provider-permission', 'infrastructure role may not launch instances', {
    stage: 1,
    owner: 'infrastructure-role',
    meaning: 'The role that launches for ECS lacks a right, most often to pass the role of the instances.',
    confirm: 'The action in the text; a simulation of it for the infrastructure role.',
    next: ['iam', 'capacity'],
    fix: (n) => ({
      summary: `Allow ${n.action ?? 'the action that the text names'} on ${n.resource ?? 'its resource'} to the infrastructure role.`,
      ...allow(
        roleName(undefined, 'INFRASTRUCTURE_ROLE'),
        [n.action ?? 'iam:PassRole'],
        n.resource ?? 'INSTANCE_ROLE_ARN',
      ),
    }),
  }),
  cause('compute-incompatible', 'does not fit its launch type', {
    stage: 1,
    owner: 'service-config',
    meaning: 'The task definition was not made for the launch type or provider that is to run it.',
    confirm: 'requiresCompatibilities against launchType or capacityProviderStrategy.',
    next: ['capacity'],
    fix: (n) => ({
      summary:
        'Register the definition for that compute, or name the launch type or strategy that it was made for.',
      terraform: 'requires_compatibilities = ["FARGATE"]\nnetwork_mode             = "awsvpc"',
      cli: updateService(
        n,
        '--capacity-provider-strategy capacityProvider=FARGATE,weight=1 --force-new-deployment',
      ),
    }),
  }),
  cause('fargate-capacity-unavailable', 'Fargate has no capacity now', {
    stage: 1,
    severity: 'warn',
    owner: 'capacity',
    meaning: 'Fargate has no room for this size in these zones at the moment, as far as ECS can tell.',
    confirm: 'The Health Dashboard; other zones; a control task elsewhere.',
    next: ['capacity'],
    fix: (n) => ({
      summary:
        'Offer subnets in more zones, keep a base on demand beside Spot, and let the service try again.',
      terraform:
        'network_configuration {\n  subnets = ["SUBNET_ZONE_A", "SUBNET_ZONE_B", "SUBNET_ZONE_C"]\n}',
      cli: updateService(
        n,
        '--capacity-provider-strategy capacityProvider=FARGATE,base=1,weight=1 capacityProvider=FARGATE_SPOT,weight=1 --force-new-deployment',
      ),
    }),
  }),
  cause('fargate-quota', 'Fargate quota is reached', {
    stage: 1,
    owner: 'operator',
    meaning: 'The account runs as many vCPUs or tasks on Fargate as it may.',
    confirm: 'The Fargate quotas (on demand and Spot are counted apart) against what runs.',
    next: ['capacity', 'fargate-quota'],
    fix: () => ({
      summary: 'Ask for a higher quota, or run fewer or smaller tasks.',
      cli: `${quotas}\naws service-quotas request-service-quota-increase --service-code fargate --quota-code QUOTA_CODE --desired-value VALUE`,
    }),
  }),
  cause('fargate-size-over-limit', 'larger than this account may run', {
    stage: 1,
    owner: 'operator',
    meaning: 'The size of the task is above what this account may use.',
    confirm: 'Size of the task against the quotas.',
    next: ['capacity'],
    fix: (n) => ({
      summary: 'Make the task smaller, or ask for the increase.',
      cli: `${quotas}\n${revise(n, '.cpu = "4096" | .memory = "8192"')}`,
    }),
  }),
  cause('fargate-az-unsupported', 'Fargate does not serve its zone', {
    stage: 1,
    owner: 'service-config',
    meaning:
      'A subnet lies in a zone that Fargate does not serve, or ECS failed by itself; the text is the same.',
    confirm: 'Zone ids of the subnets; the Health Dashboard.',
    next: ['capacity'],
    fix: (n) => ({
      summary:
        'Name subnets in zones that Fargate serves; if they all are, try again and open a support case.',
      cli: `aws ec2 describe-subnets --subnet-ids SUBNET_ID --query 'Subnets[].[SubnetId,AvailabilityZoneId]'\n${updateService(n, '--network-configuration "awsvpcConfiguration={subnets=[SUBNET_ID],securityGroups=[SECURITY_GROUP_ID]}"')}`,
    }),
  }),
  cause('invalid-cpu-memory', 'CPU and memory do not go together', {
    stage: 1,
    owner: 'task-definition',
    meaning: 'Fargate offers memory in steps per CPU size, and this pair is none of them.',
    confirm: 'cpu and memory of the definition against the table of Fargate sizes.',
    next: [],
    fix: (n) => ({
      summary: 'Choose a pair that Fargate offers, for example 1024 CPU units with 2048 to 8192 MiB.',
      terraform: 'cpu    = "1024"\nmemory = "2048"',
      cli: revise(n, '.cpu = "1024" | .memory = "2048"'),
    }),
  }),
  cause('provisioning-limit', 'too many tasks are being provisioned', {
    stage: 1,
    severity: 'warn',
    owner: 'capacity',
    meaning: 'The cluster holds as many PROVISIONING tasks as it may.',
    confirm: 'Number of tasks in PROVISIONING.',
    next: ['capacity'],
    fix: none('Roll out in smaller steps, or bring up capacity before the rollout.'),
  }),
  cause('service-start-impaired', 'tasks keep failing to start', {
    stage: 8,
    owner: 'application',
    meaning:
      'Tasks fail before they reach RUNNING, so ECS waits longer and longer between its tries. This is a symptom.',
    confirm: 'stoppedReason of the newest stopped tasks; the waits grow to a quarter of an hour and more.',
    next: ['stopped-tasks', 'deployments', 'revision-change'],
    fix: (n) => ({
      summary: `Repair what the newest stopped tasks name; a new revision, or ${n.lastGoodRevision ?? 'the last good one'}, ends the waiting at once.`,
      cli: goBack(n),
    }),
  }),
  cause('api-throttled', 'an API throttles it', {
    stage: 8,
    severity: 'warn',
    owner: 'aws',
    meaning: 'The scheduler or the caller made more calls than the account may.',
    confirm: 'ThrottlingException in CloudTrail.',
    next: ['service-events'],
    fix: none('Slow down, spread deployments over time, and ask for a higher limit if it stays.'),
  }),
  cause('aws-internal-error', 'AWS failed internally', {
    stage: 1,
    severity: 'warn',
    owner: 'aws',
    meaning: 'AWS reports a fault of its own.',
    confirm: 'The Health Dashboard; another zone.',
    next: ['service-events'],
    fix: none('Try again with growing pauses, and open a support case if it stays.'),
  }),
  cause('account-blocked', 'account may not use the service', {
    stage: 1,
    owner: 'operator',
    meaning: 'AWS has blocked the account or has not finished verifying it.',
    confirm: 'Support cases and billing of the account.',
    fix: none('Contact AWS support about the account.'),
  }),
];
