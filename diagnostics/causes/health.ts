import { codeFix } from '../health/fixes.ts';
import type { Cause, FixNames } from './cause.ts';
import { cause } from './define.ts';
import { container, inContainer, revise, updateService } from './fixes.ts';

function targetHealth(n: FixNames): string {
  return `aws elbv2 describe-target-health --target-group-arn ${n.targetGroupArn ?? 'TARGET_GROUP_ARN'}`;
}

/** Group 9, first half: a check asks and does not get what it wants. The load balancer's own state is in `health-targets.ts`. */
export const healthCauses: readonly Cause[] = [
  cause('elb-health-wrong-code', 'health check gets the wrong status code', {
    stage: 7,
    owner: 'application',
    meaning:
      'The container answers the load balancer, but with a code that the target group does not accept; port and network are fine.',
    confirm: 'Target.ResponseCodeMismatch with its code; Matcher and HealthCheckPath of the target group.',
    next: ['target-health', 'crash-log', 'revision-change', 'health'],
    fix: (n) => codeFix(n.code, n.targetGroupArn ?? 'TARGET_GROUP_ARN', n.region),
  }),
  cause('elb-health-timeout', 'health check gets no answer in time', {
    stage: 7,
    owner: 'application',
    meaning:
      'The load balancer waited for an answer and got none: a closed port, or an application that is too slow.',
    confirm:
      'Target.Timeout; the security group from the load balancer to the task; CPU and latency at that minute.',
    next: ['target-health', 'crash-log', 'health'],
    fix: (n) => ({
      summary: `Open ${n.port ? `port ${n.port}` : 'the port'} from the security group of the load balancer to that of the task; if it is open, the application is too slow: give it CPU, or raise the timeout of the check.`,
      terraform: `resource "aws_vpc_security_group_ingress_rule" "from_load_balancer" {
  security_group_id            = "TASK_SECURITY_GROUP_ID"
  referenced_security_group_id = "LOAD_BALANCER_SECURITY_GROUP_ID"
  ip_protocol                  = "tcp"
  from_port                    = ${n.port ?? 'PORT'}
  to_port                      = ${n.port ?? 'PORT'}
}`,
      cli: `aws ec2 authorize-security-group-ingress --group-id TASK_SECURITY_GROUP_ID --protocol tcp --port ${n.port ?? 'PORT'} --source-group LOAD_BALANCER_SECURITY_GROUP_ID`,
    }),
  }),
  cause('elb-health-connection-failed', 'health check cannot connect', {
    stage: 7,
    owner: 'application',
    meaning:
      'The connection was refused or broke: nothing listens on the registered port, or it speaks another protocol.',
    confirm:
      'Target.FailedHealthChecks; containerPort, the address the process listens on, the protocol of the target group.',
    next: ['target-health', 'crash-log', 'revision-change', 'health'],
    fix: (n) => ({
      summary: `Let ${container(n)} listen on 0.0.0.0${n.name === '127.0.0.1' ? ' instead of 127.0.0.1' : ''} and on the registered port${n.port ? ` ${n.port}` : ''}, with the protocol that the target group expects.`,
      cli: targetHealth(n),
    }),
  }),
  cause('elb-health-failed', 'fails its load balancer health check', {
    stage: 7,
    owner: 'load-balancer',
    meaning: 'The load balancer found the task unhealthy; which check failed is not in this text.',
    confirm: 'Reason and description of the target; the events just before; healthCheckGracePeriodSeconds.',
    next: ['target-health', 'crash-log', 'service-events', 'health'],
    fix: (n) => ({
      summary: 'Read the reason of the target, then correct path, port, security group or grace period.',
      cli: targetHealth(n),
    }),
  }),
  cause('elb-grace-too-short', 'stopped while it was still booting', {
    stage: 7,
    owner: 'service-config',
    meaning: 'The health check counted before the application had finished its start.',
    confirm: 'From startedAt to stoppingAt against the boot time in the log; healthCheckGracePeriodSeconds.',
    next: ['target-health', 'crash-log', 'revision-change', 'health'],
    fix: (n) => ({
      summary: `Set healthCheckGracePeriodSeconds above the boot time${n.seconds && n.seconds !== '0' ? ` of ${n.seconds} s` : ' that you measure'}.`,
      terraform: `resource "aws_ecs_service" "${n.service ?? 'SERVICE'}" {\n  health_check_grace_period_seconds = ${graceFor(n)}\n}`,
      cli: updateService(n, `--health-check-grace-period-seconds ${graceFor(n)}`),
    }),
  }),
  cause('elb-health-overload', 'too busy to answer its health check', {
    stage: 7,
    owner: 'capacity',
    meaning:
      'The application is well but starved of CPU, so checks time out, and every replacement makes the rest busier.',
    confirm: 'CPUUtilization near 100 % just before; unhealthy in waves; Target.Timeout.',
    next: ['target-health', 'service-events', 'health'],
    fix: (n) => ({
      summary:
        'Scale out or give the task more CPU, allow the check more time, and look for the slow dependency behind the load.',
      terraform: 'health_check {\n  timeout             = 10\n  unhealthy_threshold = 5\n}',
      cli: updateService(n, '--desired-count COUNT'),
    }),
  }),
  cause('container-health-failed', 'fails its container health check', {
    stage: 7,
    owner: 'application',
    meaning: 'The health command of the container failed too often in a row.',
    confirm:
      'healthStatus UNHEALTHY, the healthCheck of the definition, and the log; ECS keeps no output of the command.',
    next: ['crash-log', 'revision-change', 'health'],
    fix: (n) => ({
      summary: `Run the health command of ${container(n)} by hand in its image; correct the command or the application, or give it a startPeriod.`,
      terraform:
        'healthCheck = { command = ["CMD-SHELL", "COMMAND || exit 1"], interval = 30, timeout = 5, retries = 3, startPeriod = 60 }',
      cli: revise(n, `${inContainer(n)}.healthCheck.startPeriod = 60`),
    }),
  }),
  cause('container-health-tool-missing', "health check's tool is not in the image", {
    stage: 7,
    owner: 'task-definition',
    meaning: 'The health command calls a program that the image does not hold, so it can never succeed.',
    confirm: 'The healthCheck of the definition against the content of the image.',
    next: ['revision-change', 'image'],
    fix: (n) => ({
      summary: `Install ${n.name ?? 'the tool'} in the image of ${container(n)}, or check with something that it has. A line for a shell takes CMD-SHELL, not CMD.`,
      cli: revise(n, `${inContainer(n)}.healthCheck.command = ["CMD", "PROGRAM_IN_IMAGE"]`),
    }),
  }),
  cause('service-connect-unhealthy', 'Service Connect proxy is unhealthy', {
    stage: 7,
    owner: 'task-definition',
    meaning:
      'The proxy that Service Connect puts into the task is not well: too little room, an old agent, or no way to its configuration.',
    confirm:
      'healthStatus of the container ecs-service-connect-…; CPU and memory of the task; version of the agent.',
    next: ['revision-change', 'crash-log', 'capacity'],
    fix: (n) => ({
      summary:
        'Leave the proxy 256 CPU units and 64 MiB or more, update the agent, and see that the task reaches its metadata endpoint.',
      cli: revise(n, '.cpu = "CPU_UNITS" | .memory = "MEMORY_MIB"'),
    }),
  }),
  cause('cloudmap-failed', 'Cloud Map registration failed', {
    stage: 7,
    owner: 'aws',
    meaning: 'The task could not be registered in Cloud Map, or Cloud Map found it unhealthy or throttled.',
    confirm: 'servicediscovery:GetInstancesHealthStatus; SERVICE_DISCOVERY events.',
    next: ['service-events', 'health'],
    fix: () => ({
      summary: 'Look at the limits of Cloud Map and at the instances that are registered for the service.',
      cli: 'aws servicediscovery get-instances-health-status --service-id CLOUD_MAP_SERVICE_ID',
    }),
  }),
];

/** A third more than the measured boot, since no two boots are alike. */
function graceFor(n: FixNames): string {
  const seconds = Number(n.seconds);
  return Number.isFinite(seconds) && seconds > 0 ? String(Math.ceil((seconds * 4) / 3 / 10) * 10) : 'SECONDS';
}
