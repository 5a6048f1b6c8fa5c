import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { drain, none, updateService } from './fixes.ts';

/** Group 11: stops and events that belong to a healthy life, or that infrastructure brings. */
export const lifecycleCauses: readonly Cause[] = [
  cause('steady-state', 'at its desired count', {
    stage: 0,
    severity: 'info',
    owner: 'nothing',
    meaning:
      'The service runs as many tasks as it was told to. Whether that number is right is another question.',
    confirm: 'desiredCount against what was meant.',
    fix: none(),
  }),
  cause('user-stopped', 'stopped by a person or a program', {
    stage: 0,
    severity: 'info',
    owner: 'operator',
    meaning: 'Somebody called StopTask. The reason is free text of the caller.',
    confirm: 'stopCode UserInitiated; the caller stands in CloudTrail.',
    next: ['stopped-tasks'],
    fix: () => ({
      summary: 'Nothing has to be changed. If nobody meant it, CloudTrail names the caller of StopTask.',
      cli: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=StopTask',
    }),
  }),
  cause('scale-in', 'scaled in', {
    stage: 0,
    severity: 'info',
    owner: 'nothing',
    meaning: 'The desired count went down, and the scheduler stopped what was too much.',
    confirm: 'Scaling activities, or UpdateService in CloudTrail.',
    next: ['service-events'],
    fix: (n) => ({
      summary: 'Nothing has to be changed, unless the count should not have gone down.',
      cli: `aws application-autoscaling describe-scaling-activities --service-namespace ecs --resource-id service/${n.cluster ?? 'CLUSTER'}/${n.service ?? 'SERVICE'}`,
    }),
  }),
  cause('deployment-replaced', 'replaced by a newer deployment', {
    stage: 0,
    severity: 'info',
    owner: 'nothing',
    meaning: 'A newer deployment of the service took the place of this task.',
    confirm: 'startedBy of the task is another deployment than the one that stopped it.',
    next: ['deployments'],
    fix: none(),
  }),
  cause('unhealthy-replaced', 'tasks were replaced as unhealthy', {
    stage: 7,
    severity: 'warn',
    owner: 'application',
    meaning: 'The scheduler replaced tasks because a health check had failed.',
    confirm: 'The events just before, and the health of the tasks that were stopped.',
    next: ['target-health', 'stopped-tasks', 'service-events'],
    fix: none('Find which check failed for those tasks: the events just before name it.'),
  }),
  cause('az-rebalance', 'moved to another Availability Zone', {
    stage: 0,
    severity: 'info',
    owner: 'nothing',
    meaning: 'The scheduler evens out the zones, and stops healthy tasks on purpose to do so.',
    confirm: 'availabilityZoneRebalancing of the service, and the events about balance.',
    fix: none(),
  }),
  cause('fargate-maintenance', 'Fargate retired the host', {
    stage: 0,
    severity: 'warn',
    owner: 'aws',
    meaning: 'AWS replaced the infrastructure under the task.',
    confirm: 'stoppedReason speaks of maintenance; the Health Dashboard announces retirements.',
    next: ['stopped-tasks'],
    fix: (n) => ({
      summary: 'Run at least two tasks with room for a replacement; start standalone tasks again yourself.',
      terraform: `resource "aws_ecs_service" "${n.service ?? 'SERVICE'}" {\n  desired_count = COUNT # two or more\n}`,
      cli: updateService(n, '--desired-count COUNT'),
    }),
  }),
  cause('spot-interrupted', 'Spot capacity was taken back', {
    stage: 0,
    severity: 'warn',
    owner: 'capacity',
    meaning: 'AWS needed the spare capacity; the task had two minutes at most.',
    confirm:
      'stopCode SpotInterruption (TerminationNotice in older events), or a Spot instance under the task.',
    next: ['stopped-tasks', 'capacity'],
    fix: (n) => ({
      summary: 'Expect it: handle SIGTERM, keep a base on demand, and spread over zones.',
      terraform: `capacity_provider_strategy {
  capacity_provider = "FARGATE"
  base              = 1
  weight            = 1
}
capacity_provider_strategy {
  capacity_provider = "FARGATE_SPOT"
  weight            = 3
}`,
      cli: updateService(
        n,
        '--capacity-provider-strategy capacityProvider=FARGATE,base=1,weight=1 capacityProvider=FARGATE_SPOT,weight=3 --force-new-deployment',
      ),
    }),
  }),
  cause('host-terminated', 'its EC2 instance was ended', {
    stage: 0,
    severity: 'warn',
    owner: 'capacity',
    meaning: 'The instance under the task was stopped or terminated.',
    confirm:
      'stopCode TerminationNotice; state reason of the instance; activities of its Auto Scaling group.',
    next: ['capacity', 'stopped-tasks'],
    fix: () => ({
      summary:
        'Find out who ended the instance (scaling, Spot or a person); managed draining and managed termination protection keep running tasks safe from scaling.',
      terraform: `auto_scaling_group_provider {
  managed_draining               = "ENABLED"
  managed_termination_protection = "ENABLED"
}`,
      cli: 'aws ecs update-capacity-provider --name CAPACITY_PROVIDER --auto-scaling-group-provider managedDraining=ENABLED,managedTerminationProtection=ENABLED',
    }),
  }),
  cause('host-draining', 'its instance is being drained', {
    stage: 0,
    severity: 'info',
    owner: 'operator',
    meaning: 'The instance was set to DRAINING, so its tasks move elsewhere.',
    confirm: 'Status DRAINING of the container instance.',
    fix: none('Nothing has to be changed if the drain was meant.'),
  }),
  cause('instance-deregistered', 'its instance was deregistered by force', {
    stage: 0,
    severity: 'warn',
    owner: 'operator',
    meaning: 'Somebody took the container instance out of the cluster while tasks ran on it.',
    confirm: 'DeregisterContainerInstance in CloudTrail.',
    next: ['capacity'],
    fix: (n) => ({
      summary: 'Drain an instance before it is deregistered.',
      cli: drain(n),
    }),
  }),
  cause('infrastructure-health', 'its infrastructure was impaired', {
    stage: 0,
    severity: 'warn',
    owner: 'aws',
    meaning: 'ECS found the instance impaired and ended its tasks.',
    confirm: 'stopCode InfrastructureHealth; health status of the container instance.',
    next: ['capacity', 'stopped-tasks'],
    fix: none(
      'Nothing has to be changed if the task was replaced; repeats on one instance type deserve a support case.',
    ),
  }),
  cause('agent-lost', 'ECS lost contact with its instance', {
    stage: 0,
    severity: 'warn',
    owner: 'capacity',
    meaning: 'The ECS agent under the task stopped answering.',
    confirm: 'agentConnected of the container instance, and the state of the EC2 instance.',
    next: ['capacity', 'network'],
    fix: () => ({
      summary:
        'Look at the instance and its way to the ECS endpoints, and replace it if it does not come back.',
      cli: 'aws ec2 describe-instance-status --instance-ids INSTANCE_ID',
    }),
  }),
  cause('scale-in-protected', 'task protection holds tasks back', {
    stage: 8,
    severity: 'warn',
    owner: 'operator',
    meaning:
      'Tasks with scale-in protection may not be stopped, so a scale-in or a deployment waits for them.',
    confirm: 'ecs:GetTaskProtection of the running tasks.',
    next: ['deployments', 'service-events'],
    fix: (n) => ({
      summary: 'End or shorten the protection of those tasks, or wait until it expires.',
      cli: `aws ecs update-task-protection --cluster ${n.cluster ?? 'CLUSTER'} --tasks ${n.task ?? 'TASK'} --no-protection-enabled`,
    }),
  }),
  cause('normal-event', 'routine', {
    stage: 0,
    severity: 'info',
    owner: 'nothing',
    meaning: 'The scheduler tells what it does all day.',
    confirm: 'Nothing has to be confirmed.',
    fix: none(),
  }),
];
