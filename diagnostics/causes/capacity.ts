import type { Cause, FixNames } from './cause.ts';
import { cause } from './define.ts';
import { inContainer, none, revise, updateService } from './fixes.ts';

function instances(n: FixNames, what: string): string {
  return `aws ecs describe-container-instances --cluster ${n.cluster ?? 'CLUSTER'} --container-instances ${n.containerInstance ?? 'CONTAINER_INSTANCE'} --query 'containerInstances[].${what}'`;
}

/** A group at its maximum refuses a higher desired capacity, so the maximum goes with it. */
function moreInstances({ scalingGroup = 'AUTO_SCALING_GROUP' }: FixNames): string {
  return `aws autoscaling update-auto-scaling-group --auto-scaling-group-name ${scalingGroup} --max-size MAXIMUM --desired-capacity COUNT`;
}

function groupSize({ scalingGroup }: FixNames): string {
  return `resource "aws_autoscaling_group" "${scalingGroup ?? 'ecs'}" {\n  max_size = MAXIMUM\n}`;
}

/** Group 10, first half: placement on the instances of a cluster. */
export const capacityCauses: readonly Cause[] = [
  cause('capacity-no-instances', 'cluster has no instances', {
    stage: 1,
    owner: 'capacity',
    meaning: 'No container instance is registered, so there is nothing to place a task on.',
    confirm:
      'ecs:ListContainerInstances is empty; sizes of the Auto Scaling group; instance profile and user data.',
    next: ['capacity'],
    fix: (n) => ({
      summary:
        'Start instances that join the cluster (size of the group, ECS_CLUSTER in the user data, instance role), or use Fargate.',
      terraform: groupSize(n),
      cli: moreInstances(n),
    }),
  }),
  cause('capacity-placement-unclear', 'no instance fits, reason not given', {
    stage: 1,
    owner: 'capacity',
    meaning: 'No instance met all requirements of the task, and the event does not say which one is missing.',
    confirm:
      'remainingResources and attributes of every instance against size, ports, constraints and attributes of the task.',
    next: ['capacity'],
    fix: (n) => ({
      summary:
        'Compare what the task needs (CPU, memory, ports, constraints, attributes) with what each instance has left.',
      cli: instances(n, '[ec2InstanceId,remainingResources]'),
    }),
  }),
  cause('capacity-insufficient-cpu', 'not enough free CPU', {
    stage: 1,
    owner: 'capacity',
    meaning: 'No instance has as many free CPU units as the task reserves.',
    confirm: 'CPU in remainingResources of the instances.',
    next: ['capacity'],
    fix: (n) => ({
      summary: `Add instances or larger ones, or reserve fewer than ${n.cpu ?? 'the'} CPU units.`,
      terraform: groupSize(n),
      cli: `${moreInstances(n)}\n${revise(n, '.cpu = "CPU_UNITS"')}`,
    }),
  }),
  cause('capacity-insufficient-memory', 'not enough free memory', {
    stage: 1,
    owner: 'capacity',
    meaning:
      'No instance has as much free memory as the task reserves; a deployment needs room for old and new tasks.',
    confirm: 'MEMORY in remainingResources; maximumPercent of the service.',
    next: ['capacity', 'deployments'],
    fix: (n) => ({
      summary: `Add instances or larger ones, reserve less than ${n.memory ? `${n.memory} MiB` : 'now'}, or let a deployment stop old tasks first.`,
      terraform: 'deployment_minimum_healthy_percent = 50\ndeployment_maximum_percent         = 100',
      cli: `${moreInstances(n)}\n${updateService(n, '--deployment-configuration minimumHealthyPercent=50,maximumPercent=100')}`,
    }),
  }),
  cause('capacity-insufficient-gpu', 'no free GPU', {
    stage: 1,
    owner: 'capacity',
    meaning: 'No instance has a GPU to spare.',
    confirm: 'GPU in registeredResources and remainingResources.',
    next: ['capacity'],
    fix: (n) => ({
      summary: 'Add GPU instances, or ask for fewer GPUs.',
      terraform: groupSize(n),
      cli: `${moreInstances(n)}\n${revise(n, `${inContainer(n)}.resourceRequirements = [{"type": "GPU", "value": "1"}]`)}`,
    }),
  }),
  cause('capacity-port-conflict', 'host port is in use on every instance', {
    stage: 1,
    owner: 'task-definition',
    meaning: 'A fixed host port allows one task per instance, and every instance has one.',
    confirm: 'hostPort of the definition; PORTS in remainingResources.',
    next: ['capacity'],
    fix: (n) => ({
      summary: 'Let ECS choose the host port (0), use awsvpc, or keep one more instance than tasks.',
      terraform: `portMappings = [{ containerPort = ${n.port ?? 'PORT'}, hostPort = 0 }]`,
      cli: revise(n, `${inContainer(n)}.portMappings[0].hostPort = 0`),
    }),
  }),
  cause('capacity-eni-exhausted', 'instances have no network interface left', {
    stage: 1,
    owner: 'capacity',
    meaning: 'Every awsvpc task takes a network interface, and the instances have none left.',
    confirm: 'Limit of the instance type; the account setting awsvpcTrunking.',
    next: ['capacity'],
    fix: () => ({
      summary: 'Turn on awsvpcTrunking, which new instances follow, or use larger instances.',
      terraform:
        'resource "aws_ecs_account_setting_default" "trunking" {\n  name  = "awsvpcTrunking"\n  value = "enabled"\n}',
      cli: 'aws ecs put-account-setting-default --name awsvpcTrunking --value enabled',
    }),
  }),
  cause('capacity-attribute-missing', 'instances lack a required attribute', {
    stage: 1,
    owner: 'capacity',
    meaning:
      'The definition needs something that no instance offers: an agent feature, a log driver, an architecture, a label.',
    confirm: 'requiresAttributes of the definition against the attributes of the instances.',
    next: ['capacity'],
    fix: (n) => ({
      summary: `Update AMI and agent, or enable ${n.name ?? 'what is missing'} on the instances.`,
      cli: `aws ecs describe-task-definition --task-definition ${n.revision ?? n.family ?? 'FAMILY'} --query 'taskDefinition.requiresAttributes[].name'\n${instances(n, 'attributes[].name')}`,
    }),
  }),
  cause('capacity-constraint-unmet', 'no instance meets its placement constraint', {
    stage: 1,
    owner: 'service-config',
    meaning: 'A placement constraint of the service or the definition excludes every instance.',
    confirm: 'placementConstraints against the attributes of the instances.',
    next: ['capacity'],
    fix: (n) => ({
      summary: 'Relax the constraint, or give instances the attribute that it asks for.',
      terraform:
        'placement_constraints {\n  type       = "memberOf"\n  expression = "attribute:NAME == VALUE"\n}',
      cli: `aws ecs put-attributes --cluster ${n.cluster ?? 'CLUSTER'} --attributes name=NAME,value=VALUE,targetType=container-instance,targetId=${n.containerInstance ?? 'CONTAINER_INSTANCE'}`,
    }),
  }),
  cause('capacity-agent-disconnected', 'instance agent is disconnected', {
    stage: 1,
    owner: 'capacity',
    meaning: 'The ECS agent of the instance that could take the task is not connected.',
    confirm: 'agentConnected of the container instances.',
    next: ['capacity', 'network'],
    fix: (n) => ({
      summary: 'Restart or replace the instance, and check its way to the ECS endpoints.',
      cli: instances(n, '[ec2InstanceId,agentConnected,versionInfo.agentVersion]'),
    }),
  }),
  cause('capacity-az-mismatch', 'instances are in other zones than its subnets', {
    stage: 1,
    owner: 'service-config',
    meaning: 'An awsvpc task needs an instance in the zone of its subnet, and there is none.',
    confirm: 'Zones of the service subnets against those of the instances.',
    next: ['capacity'],
    fix: (n) => ({
      summary: 'Name subnets of the zones in which instances run, or run instances in those zones.',
      terraform: 'network_configuration {\n  subnets = ["SUBNET_WITH_INSTANCES"]\n}',
      cli: updateService(
        n,
        '--network-configuration "awsvpcConfiguration={subnets=[SUBNET_WITH_INSTANCES],securityGroups=[SECURITY_GROUP_ID]}"',
      ),
    }),
  }),
  cause('capacity-instance-inactive', 'named instance is deregistered', {
    stage: 1,
    owner: 'operator',
    meaning: 'The task was to start on an instance that no longer belongs to the cluster.',
    confirm: 'Status of the container instance.',
    next: ['capacity'],
    fix: (n) => ({
      summary: 'Name an instance that is ACTIVE.',
      cli: `aws ecs list-container-instances --cluster ${n.cluster ?? 'CLUSTER'} --status ACTIVE`,
    }),
  }),
  cause('daemon-constraint-violated', 'daemon breaks its placement constraint', {
    stage: 1,
    owner: 'service-config',
    meaning: 'The constraint of a daemon service and the instances contradict each other.',
    confirm:
      'placementConstraints of the service, and the event SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED.',
    next: ['capacity', 'service-events'],
    fix: none('Let the constraint of the daemon service fit the instances, or take it out.'),
  }),
];
