import { defineSignature, type Signature } from './signature.ts';

/** Placement on instances, capacity providers, Fargate capacity and the quotas of both. */
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
    cause: 'capacity-no-instances',
    keys: [
      'no container instances were found',
      'no container instances',
      'no container instance found',
      'no registered container',
    ],
    pattern:
      /no container instances? (?:were |was )?(?:found|registered|available)|no registered container instances|cluster .{0,60}has no container instances/i,
    examples: [
      'InvalidParameterException: No Container Instances were found in your cluster.',
      'service web was unable to place a task because no container instances were found in your cluster',
    ],
  }),
  defineSignature({
    cause: 'capacity-insufficient-memory',
    keys: ['memory'],
    pattern:
      /insufficient memory|resource: ?memory|not enough memory|memory (?:is )?(?:unavailable|insufficient)/i,
    and: /available|resource:|placement|container.?instance|requirements/i,
    examples: [
      'The closest matching container-instance 0a1b has insufficient memory available.',
      'RESOURCE:MEMORY',
    ],
  }),
  defineSignature({
    cause: 'capacity-insufficient-cpu',
    keys: ['cpu'],
    pattern: /insufficient cpu(?: units)?|resource: ?cpu|not enough cpu/i,
    examples: [
      'The closest matching (container-instance 0a1b) has insufficient CPU units available',
      'RESOURCE:CPU',
    ],
  }),
  defineSignature({
    cause: 'capacity-insufficient-gpu',
    keys: ['gpu'],
    pattern: /insufficient gpus?|resource: ?gpu|not enough gpus?|insufficient gpu resource/i,
    examples: [
      'RESOURCE:GPU',
      'The closest matching container-instance 0a1b has insufficient GPU resource available.',
    ],
  }),
  defineSignature({
    cause: 'capacity-port-conflict',
    keys: ['port'],
    pattern:
      /using a port required|(?:reserved|required) ports?|resource: ?ports|ports? (?:is |are )?(?:already )?in use by/i,
    and: /container.?instance|resource:|task|requirements/i,
    not: /daemon|bind for/i,
    examples: [
      'The closest matching container-instance 0a1b is already using a port required by your task.',
      'RESOURCE:PORTS',
    ],
  }),
  defineSignature({
    cause: 'capacity-eni-exhausted',
    keys: ['eni', 'network interface', 'attachment points'],
    pattern:
      /resource: ?eni|(?:not enough|insufficient|no) (?:available )?(?:eni|network interfaces?|attachment points)|eni (?:attachment points|limit)|does not have enough attachment points/i,
    not: /subnet|provision/i,
    examples: [
      'RESOURCE:ENI',
      'The closest matching container-instance 0a1b does not have enough attachment points / not enough ENI available',
    ],
  }),
  defineSignature({
    cause: 'capacity-agent-disconnected',
    keys: ['agent'],
    pattern:
      /^agent$|agent (?:is |was )?(?:not connected|disconnected)|agent to start|agent connection|agentconnected"?:? ?false|error "?agent\b|appears to be disconnected|disconnected.{0,40}agent/i,
    not: /executecommand|ssm agent|service connect/i,
    examples: [
      'The closest matching container-instance 0a1b encountered error "AGENT".',
      'AGENT',
      'service (web) Timed out waiting for Amazon ECS Agent to start. Please check logs at /var/log/ecs/ecs-agent.log',
    ],
  }),
  defineSignature({
    cause: 'capacity-attribute-missing',
    keys: ['attribute'],
    pattern:
      /^attribute\b.{0,60}$|missing an attribute|missing (?:required )?attributes?|error "?attribute|attribute required by your task|attribute '?(?<name>[\w.-]{3,120})'? (?:is )?(?:missing|not found)/i,
    and: /^attribute|container.?instance|task|requirements/i,
    examples: [
      'The closest matching container-instance 0a1b is missing an attribute required by your task.',
      'ATTRIBUTE',
      'The closest matching (container-instance 0a1b) encountered error "ATTRIBUTE"',
    ],
  }),
  defineSignature({
    cause: 'daemon-constraint-violated',
    keys: ['daemon'],
    pattern: /daemon[_ ]placement[_ ]constraint[_ ]violated|daemon .{0,60}placement constraint/i,
    examples: ['SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED', 'DAEMON placement constraint violated'],
  }),
  defineSignature({
    cause: 'capacity-constraint-unmet',
    keys: ['constraint', 'memberof', 'distinctinstance'],
    pattern:
      /placement constraints? (?:unsatisfied|not (?:met|satisfied))|memberof (?:placement )?constraint|distinctinstance|(?:does not|doesn't|did not) (?:meet|satisfy) .{0,40}constraint/i,
    examples: [
      'MemberOf placement constraint unsatisfied.',
      'The closest matching container-instance 0a1b encountered error "DistinctInstance placement constraint unsatisfied."',
    ],
  }),
  defineSignature({
    cause: 'capacity-az-mismatch',
    keys: ['location', 'availability zone', 'different az'],
    pattern:
      /^location\b.{0,20}$|instance .{0,80}(?:different|another) (?:availability zone|az)|availability zone .{0,60}(?:does not match|differs).{0,60}subnets?|subnets? .{0,80}(?:does not match|different|not in).{0,40}availability zone/i,
    examples: [
      'LOCATION',
      'The container instance is in a different Availability Zone than the subnets specified',
    ],
  }),
  defineSignature({
    cause: 'capacity-instance-inactive',
    keys: ['inactive'],
    pattern: /^inactive$|container.?instance .{0,100}\binactive\b/i,
    examples: ['INACTIVE', 'The container instance 0a1b is INACTIVE'],
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
  defineSignature({
    cause: 'capacity-placement-unclear',
    keys: [
      'met all of its requirements',
      'closest matching',
      'unable to place',
      'placement failure',
      'placement_failure',
      'no instance met',
    ],
    pattern:
      /no container instances? met|unable to place a task|closest matching container-?instance|task_placement_failure/i,
    status: 'open',
    rivals: [
      'capacity-insufficient-memory',
      'capacity-insufficient-cpu',
      'capacity-attribute-missing',
      'capacity-port-conflict',
    ],
    decide:
      'aws ecs describe-container-instances --cluster CLUSTER --container-instances IDS --query "containerInstances[].[remainingResources,attributes,agentConnected]"',
    examples: [
      'service web was unable to place a task because no container instance met all of its requirements.',
      '(service web) is unable to place a task in us-east-1a because no container instance met all of its requirements',
    ],
  }),
];
