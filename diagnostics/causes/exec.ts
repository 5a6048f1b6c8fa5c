import type { Cause, FixNames } from './cause.ts';
import { cause } from './define.ts';
import { allow, none, revise, roleName, updateService } from './fixes.ts';

const channels = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
] as const;

function agents(n: FixNames): string {
  return `aws ecs describe-tasks --cluster ${n.cluster ?? 'CLUSTER'} --tasks TASK --query 'tasks[].[enableExecuteCommand,containers[].managedAgents]'`;
}

/** Group 13: ECS Exec. */
export const execCauses: readonly Cause[] = [
  cause('exec-not-enabled', 'ECS Exec is off for this task', {
    stage: 0,
    owner: 'service-config',
    meaning:
      'Exec was not enabled when the task was started, or its agent does not run; a running task never gains it.',
    confirm: 'enableExecuteCommand of the task, and lastStatus of its managed agents.',
    next: ['exec'],
    fix: (n) => ({
      summary: 'Enable it on the service and deploy anew.',
      terraform: `resource "aws_ecs_service" "${n.service ?? 'SERVICE'}" {\n  enable_execute_command = true\n}`,
      cli: updateService(n, '--enable-execute-command --force-new-deployment'),
    }),
  }),
  cause('exec-agent-stopped', "ECS Exec's agent is not running", {
    stage: 0,
    owner: 'task-role',
    meaning: 'The agent in the container stopped or never started.',
    confirm: 'managedAgents of the container with its reason; readonlyRootFilesystem; the task role.',
    next: ['exec', 'task-definition', 'iam'],
    fix: (n) => ({
      summary: 'Correct the task role, the network or a read-only root file system, then replace the task.',
      cli: `${agents(n)}\n${revise(n, '.containerDefinitions[].readonlyRootFilesystem = false')}`,
    }),
  }),
  cause('exec-target-not-connected', "ECS Exec's agent is not connected", {
    stage: 0,
    owner: 'task-role',
    meaning: 'The agent in the task has no connection to Session Manager.',
    confirm:
      'The four ssmmessages actions of the task role; the way to ssmmessages; AWS_ variables in the container; version of the agent.',
    next: ['exec', 'iam', 'network'],
    fix: (n) => ({
      summary:
        'Allow the task role the four ssmmessages actions, give the task a way to ssmmessages, and take static AWS keys out of its environment.',
      ...allow(roleName(n.taskRoleArn, 'TASK_ROLE'), channels, '*'),
    }),
  }),
  cause('exec-caller-denied', 'caller may not use ECS Exec', {
    stage: 0,
    owner: 'operator',
    meaning: 'Whoever called may not run ExecuteCommand on this task.',
    confirm: 'A simulation of ecs:ExecuteCommand, and of kms:GenerateDataKey where the cluster names a key.',
    next: ['exec', 'iam'],
    fix: (n) => ({
      summary: `Allow the caller ${n.action ?? 'ecs:ExecuteCommand'} (and kms:GenerateDataKey where the cluster names a key).`,
      ...allow('CALLER_ROLE', [n.action ?? 'ecs:ExecuteCommand'], n.resource ?? 'TASK_ARN'),
    }),
  }),
  cause('exec-plugin-missing', "caller's machine lacks the session plugin", {
    stage: 0,
    owner: 'operator',
    meaning:
      'The Session Manager plugin is not installed where the command was typed; the task has no part in it.',
    confirm: 'session-manager-plugin on that machine.',
    fix: () => ({
      summary: 'Install the Session Manager plugin on that machine.',
      cli: 'session-manager-plugin --version',
    }),
  }),
  cause('exec-task-not-running', 'task is not running', {
    stage: 0,
    owner: 'operator',
    meaning: 'The task is stopped, still starting, or not in that cluster.',
    confirm: 'lastStatus of the task.',
    next: ['exec', 'stopped-tasks'],
    fix: (n) => ({
      summary: 'Choose a task that is RUNNING.',
      cli: `aws ecs list-tasks --cluster ${n.cluster ?? 'CLUSTER'} --service-name ${n.service ?? 'SERVICE'} --desired-status RUNNING`,
    }),
  }),
  cause('exec-shell-missing', 'command is not in the image', {
    stage: 0,
    owner: 'image',
    meaning: 'The session began, but the image has no such program, often no shell at all.',
    confirm: 'The output of the session.',
    next: ['exec', 'image'],
    fix: (n) => ({
      summary: `Run a program that the image has instead of ${n.name ?? 'this one'}, or add a container for debugging.`,
      cli: `aws ecs execute-command --cluster ${n.cluster ?? 'CLUSTER'} --task TASK --container ${n.container ?? 'CONTAINER'} --interactive --command /bin/sh`,
    }),
  }),
  cause('exec-service-error', 'ECS Exec failed on the AWS side', {
    stage: 0,
    severity: 'warn',
    owner: 'aws',
    meaning: 'AWS reports a fault of its own for the session.',
    confirm: 'A second try.',
    next: ['exec'],
    fix: none('Try again in a few minutes.'),
  }),
];
