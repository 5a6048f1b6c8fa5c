import { defineSignature, type Signature } from './signature.ts';

/** Capacity providers, Fargate and the quotas of both. */
export const capacitySignatures: readonly Signature[] = [
  defineSignature({
    cause: 'capacity-provider-permission',
    keys: ['capacity provider', 'launch instance', 'launch template', 'passrole', 'autoscaling:', 'ec2:'],
    pattern:
      /perform: (?<action>(?:iam:PassRole|ec2:\w{3,50}|autoscaling:\w{3,60}|ssm:GetParameters?))|unauthorizedoperation|servicelinkedrolecreationnotpermitted|do not have permission|infrastructure role/i,
    and: /capacity provider|launch instance|managed instances|infrastructure ?role|auto ?scaling/i,
    not: /volume|\bebs\b|lifecycle hook|load ?balanc|alarms for service/i,
    examples: [
      'Unable to launch instance(s) for capacity provider mi. UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:sts::111122223333:assumed-role/infra/ECS is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:111122223333:instance/*',
    ],
  }),
  defineSignature({
    cause: 'capacity-provider-launch-failed',
    keys: [
      'launch instance',
      'insufficientinstancecapacity',
      'vcpulimitexceeded',
      'maxspotinstancecount',
      'unfulfillablecapacity',
      'spotmaxprice',
      'instancelimitexceeded',
      'insufficient capacity',
      'launch a new ec2 instance',
      'launching a new',
      'capacity provider',
    ],
    pattern:
      /unable to launch instances?(?: for capacity provider (?<name>[\w-]{1,255}))?|insufficientinstancecapacity|vcpulimitexceeded|maxspotinstancecountexceeded|unfulfillablecapacity|spotmaxpricetoolow|instancelimitexceeded|launching a new ec2 instance.{0,60}fail|capacity provider .{0,100}(?:failed to launch|could not launch|update_failed|insufficient)/i,
    owner: 'operator',
    examples: [
      'ResourceInitializationError: Unable to launch instance(s) for capacity provider gpu. UnfulfillableCapacity: Unable to fulfill capacity due to your request configuration.',
      'InsufficientInstanceCapacity: We currently do not have sufficient p4d.24xlarge capacity in the Availability Zone you requested',
    ],
  }),
  defineSignature({
    cause: 'capacity-provider-empty',
    keys: [
      'no active instances',
      'in your capacity provider',
      'capacity provider has no',
      'empty capacity provider',
    ],
    pattern:
      /no active instances|empty capacity provider|no container instances were found in your capacity provider|capacity provider '?[\w-]{0,255}'? ?has no (?:container )?instances/i,
    examples: [
      '(service web) was unable to place a task. Reason: No Container Instances were found in your capacity provider.',
      'TaskFailedToStart: NO ACTIVE INSTANCES',
    ],
  }),
  defineSignature({
    cause: 'compute-incompatible',
    keys: ['compatible', 'compatibilit', 'launch type', 'launch_type'],
    pattern:
      /not compatible with the selected compute|does not support (?:launch[_ ]type )?(?<name>fargate|ec2|external|managed_instances)\b|requires ?compatibilities|launch type .{0,80}(?:not (?:supported|compatible)|incompatible)|not compatible with (?:the )?(?:launch type|capacity provider|platform)|incompatible with (?:the )?(?:launch type|capacity provider)/i,
    examples: [
      'The selected task definition is not compatible with the selected compute strategy',
      'Task definition does not support FARGATE compatibility',
    ],
  }),
  defineSignature({
    cause: 'fargate-quota',
    keys: ['limit', 'quota'],
    pattern:
      /reached the limit on the number of (?<name>vcpus?|tasks|fargate)|run concurrently|(?:fargate|vcpu|concurrent tasks?) .{0,60}(?:quota|limit) .{0,40}(?:exceed|reach)|(?:exceed|reach)\w{0,3} .{0,40}(?:fargate|concurrent task).{0,40}(?:quota|limit)/i,
    not: /launch instance|vcpulimitexceeded|provisioning/i,
    examples: [
      "You've reached the limit on the number of vCPUs you can run concurrently",
      'You’ve reached the limit on the number of tasks you can run concurrently',
      'You have reached the limit on the number of Fargate Spot vCPUs',
    ],
  }),
  defineSignature({
    cause: 'fargate-size-over-limit',
    keys: ['above your limit', 'above the limit', 'exceeds your limit'],
    pattern:
      /requested (?<name>cpu|memory|ephemeral storage) configuration is above|configuration is above (?:your|the) limit|size .{0,40}exceeds your limit/i,
    examples: [
      'The requested CPU configuration is above your limit.',
      'The requested MEMORY configuration is above your limit.',
    ],
  }),
  defineSignature({
    cause: 'fargate-capacity-unavailable',
    keys: [
      'capacity is unavailable',
      'resource:fargate',
      'capacity unavailable',
      'capacity is not available',
      'insufficient capacity',
      'fargate capacity',
      'spot capacity',
      'unable to place a task in',
    ],
    pattern:
      /capacity is (?:unavailable|not available)|resource:fargate|capacity unavailable|insufficient (?:fargate )?(?:spot )?capacity|no (?:fargate|spot) capacity|unable to place a task in [\w -]{3,40}\.?$/i,
    not: /launch instance/i,
    status: 'likely',
    rivals: ['aws-internal-error', 'fargate-az-unsupported'],
    decide: 'aws ecs run-task with the same size in another subnet, and the Health Dashboard of the region',
    examples: [
      'Capacity is unavailable at this time. Please try again later or in a different availability zone.',
      'RESOURCE:FARGATE',
    ],
  }),
  defineSignature({
    cause: 'fargate-az-unsupported',
    keys: ['fargate', 'internal error'],
    pattern:
      /fargate.{0,80}not (?:supported|available) in .{0,60}(?:availability zone|az|subnet)|^internal error\.?$|platform ?version .{0,60}not (?:supported|available) in/i,
    where: ['service.event', 'task.stoppedReason'],
    status: 'likely',
    rivals: ['aws-internal-error'],
    decide: 'aws ec2 describe-subnets --subnet-ids SUBNETS --query "Subnets[].AvailabilityZoneId"',
    examples: [
      'service (web) was unable to place a task. Reason: Internal error.',
      'Fargate is not supported in the Availability Zone of this subnet',
    ],
  }),
  defineSignature({
    cause: 'invalid-cpu-memory',
    keys: ['fargate configuration', "'cpu'", "'memory'", 'cpu', 'memory'],
    pattern:
      /no fargate configuration exists|invalid '?(?<name>cpu|memory)'? (?:setting|value|or memory)|(?:cpu|memory) (?:value|combination|configuration)[^.]{0,60}(?:not valid|invalid|not supported)|invalid combination of cpu and memory|fargate requires task definition to have .{0,40}(?:cpu|memory)/i,
    not: /above your limit/i,
    examples: [
      'ClientException: No Fargate configuration exists for given values: 512 CPU, 8192 memory.',
      "Invalid 'memory' setting for container",
    ],
  }),
  defineSignature({
    cause: 'provisioning-limit',
    keys: ['provisioning'],
    pattern:
      /provisioning (?:capacity )?limit|maximum number of (?:tasks in )?(?:the )?provisioning|too many .{0,40}provisioning|limit .{0,60}provisioning (?:state|tasks)/i,
    examples: [
      'The cluster has reached the provisioning capacity limit of 500 tasks: number of tasks in the PROVISIONING state, maximum number of provisioning',
      'SERVICE_TASK_PLACEMENT: provisioning limit exceeded',
    ],
  }),
  defineSignature({
    cause: 'service-start-impaired',
    keys: ['consistently start', 'start_impaired'],
    pattern: /unable to consistently start tasks|service_task_start_impaired/i,
    examples: [
      '(service web) is unable to consistently start tasks successfully.',
      'SERVICE_TASK_START_IMPAIRED',
    ],
  }),
  defineSignature({
    cause: 'account-blocked',
    keys: [
      'blocked',
      'suspended',
      'account is',
      'being verified',
      'account verification',
      'optinrequired',
      'pending verification',
    ],
    pattern:
      /account (?:is |has been |was )?(?:currently )?(?:blocked|suspended|being verified|closed)|blocked:? .{0,40}account|your account .{0,60}(?:blocked|suspended|verif)|optinrequired|pendingverification/i,
    examples: [
      'ClientException: Your account is currently blocked and thus not able to access Fargate.',
      'BlockedException: Your AWS account was blocked. For more information, contact AWS Support.',
    ],
  }),
];
