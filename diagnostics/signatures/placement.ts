import { defineSignature, type Signature } from './signature.ts';

/** Placement on the instances of a cluster. An event names only the closest match, so `RESOURCE:…` is one instance's lack. */
export const placementSignatures: readonly Signature[] = [
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
