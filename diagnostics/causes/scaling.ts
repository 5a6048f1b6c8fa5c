import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { container } from './fixes.ts';

/** Use of CPU and memory, and the scaling that should follow it. */
export const scalingCauses: readonly Cause[] = [
  cause('memory-climbing', 'memory climbs until its limit', {
    stage: 6,
    owner: 'application',
    meaning:
      'The memory of a task rises in a straight line until it meets its limit and the process is killed, or is on its way there.',
    confirm:
      'MemoryUtilization Maximum rising and falling at the times of stops whose reason is OutOfMemoryError; a fall at a deployment, or one at which nothing stops, says nothing.',
    fix: (n) => ({
      summary: `Find what ${container(n)} keeps: a cache without a bound, listeners or connections that are never released. More memory only delays the end of a leak.`,
    }),
  }),
  cause('cpu-saturated', 'CPU at its limit', {
    stage: 8,
    severity: 'warn',
    owner: 'service-config',
    meaning: 'The average over all tasks of the service stands at the CPU that they have.',
    confirm:
      'CPUUtilization Average near 100 % for many minutes; on EC2 it may be more where nothing limits the task.',
    fix: () => ({
      summary: 'Run more tasks, or larger ones; if only requests cost so much, find the one that does.',
    }),
  }),
  cause('cpu-saturated-at-boot', 'too little CPU to start in time', {
    stage: 7,
    severity: 'warn',
    owner: 'task-definition',
    meaning:
      'New tasks use all their CPU while they start, their health checks fail meanwhile, and later they need far less.',
    confirm:
      'CPUUtilization Maximum at 100 % in the minutes after each start and low otherwise, with failed checks in those minutes.',
    fix: () => ({
      summary:
        'Give the task more CPU, or the checks more patience: startPeriod of the container check, grace period of the service.',
    }),
  }),
  cause('cpu-credits-exhausted', 'its instances have no CPU credits left', {
    stage: 8,
    severity: 'warn',
    owner: 'service-config',
    meaning:
      'The instances that the tasks are on are of a burstable type in standard mode: they have spent their CPU credits and may use no more than their baseline.',
    confirm:
      'CPUCreditBalance at zero, CPUUtilization of the instance cut to its baseline since, and no CPUSurplusCreditBalance, which unlimited mode would have.',
    fix: () => ({
      summary: 'Take instances of a type that does not spend credits, larger ones, or unlimited mode.',
    }),
  }),
  cause('hot-task', 'one task carries the load', {
    stage: 8,
    severity: 'warn',
    owner: 'application',
    meaning: 'One task stands at its limit while the others have room: the average over all hides it.',
    confirm:
      'CPUUtilization Maximum far above Average, minute after minute; Container Insights has it by task.',
    fix: () => ({
      summary:
        'Find out why requests or work go to one task: sticky sessions, long-lived connections, one busy partition, a thread that spins. Scaling by the average does not see it; a target group can spread by least_outstanding_requests.',
    }),
  }),
  cause('autoscaling-at-maximum', 'scaling is at its maximum', {
    stage: 8,
    severity: 'warn',
    owner: 'service-config',
    meaning: 'The load asks for more tasks, and the scalable target does not allow more.',
    confirm:
      'desiredCount equals MaxCapacity while an alarm that scales out is in ALARM; NotScaledReasons AlreadyAtMaxCapacity.',
    fix: () => ({ summary: 'Raise the maximum of the scalable target, or make each task do more.' }),
  }),
  cause('autoscaling-suspended', 'scaling out is suspended', {
    stage: 8,
    severity: 'warn',
    owner: 'service-config',
    meaning: 'Somebody suspended scaling out, and the load asks for it.',
    confirm: 'SuspendedState of the scalable target.',
    fix: () => ({ summary: 'Resume scaling once whoever suspended it is done.' }),
  }),
  cause('autoscaling-alarm-no-data', 'the alarm that scales it has no data', {
    stage: 8,
    severity: 'warn',
    owner: 'service-config',
    meaning: 'The alarm that a scaling policy acts on is in INSUFFICIENT_DATA, so the policy never acts.',
    confirm:
      'StateValue of the alarm, its metric and dimensions; without a running task no metric exists at all.',
    fix: (n) => ({
      summary:
        'Find out why the metric stopped: a custom metric that nobody sends any more, a target group that the service no longer has, a renamed cluster or service in its dimensions.',
      cli: `aws cloudwatch describe-alarms --alarm-names ${n.name ?? 'ALARM_NAME'} --query 'MetricAlarms[0].[Namespace,MetricName,Dimensions,StateReason]'`,
    }),
  }),
  cause('autoscaling-alarm-missing', 'the alarm that scales it does not exist', {
    stage: 8,
    severity: 'warn',
    owner: 'service-config',
    meaning: 'A scaling policy names an alarm that somebody deleted, so it never acts.',
    confirm: 'Alarms of the policy beside those that CloudWatch has.',
    fix: () => ({
      summary:
        'Put the policy again: for target tracking that makes its alarms anew; for a step policy make the alarm first.',
    }),
  }),
  cause('autoscaling-failed', 'scaling did not get its way', {
    stage: 8,
    severity: 'warn',
    owner: 'service-config',
    meaning:
      'Application Auto Scaling tried to change the desired count, and ECS refused or the tasks did not come.',
    confirm: 'StatusCode and StatusMessage of the newest scaling activity.',
    fix: () => ({
      summary:
        'Follow what the status message names: a missing permission of the service-linked role, a service that does not exist, tasks that cannot be placed.',
    }),
  }),
  cause('autoscaling-overridden', 'something else set the desired count', {
    stage: 8,
    severity: 'warn',
    owner: 'service-config',
    meaning: 'The desired count is not what scaling set last: a stack, a pipeline or a person set it since.',
    confirm: 'The newest scaling activity beside desiredCount; UpdateService in CloudTrail.',
    fix: (n) => ({
      summary: 'Take the desired count out of what deploys the service, so that only scaling sets it.',
      terraform: `resource "aws_ecs_service" "${n.service ?? 'SERVICE'}" {\n  lifecycle {\n    ignore_changes = [desired_count]\n  }\n}`,
    }),
  }),
];
