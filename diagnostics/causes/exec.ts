import type { Cause, FixNames } from './cause.ts';
import { cause } from './define.ts';
import { allow, container, inContainer, none, revise, roleName, updateService } from './fixes.ts';

const channels = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
] as const;

function agents(n: FixNames): string {
  return `aws ecs describe-tasks --cluster ${n.cluster ?? 'CLUSTER'} --tasks ${n.task ?? 'TASK'} --query 'tasks[].[enableExecuteCommand,containers[].managedAgents]'`;
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
    next: ['exec'],
    fix: (n) => ({
      summary: 'Correct the task role, the network or a read-only root file system, then replace the task.',
      cli: `${agents(n)}\n${updateService(n, '--force-new-deployment')}`,
    }),
  }),
  cause('exec-target-not-connected', "ECS Exec's agent is not connected", {
    stage: 0,
    owner: 'task-role',
    meaning: 'The agent in the task has no connection to Session Manager.',
    confirm:
      'The four ssmmessages actions of the task role; the way to ssmmessages; AWS_ variables in the container; version of the agent.',
    next: ['exec'],
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
    next: ['exec'],
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
      cli: `aws ecs execute-command --cluster ${n.cluster ?? 'CLUSTER'} --task ${n.task ?? 'TASK'} --container ${n.container ?? 'CONTAINER'} --interactive --command /bin/sh`,
    }),
  }),
  cause('exec-platform-too-old', 'platform is too old for ECS Exec', {
    stage: 0,
    owner: 'service-config',
    meaning: 'The platform version or the ECS agent is older than the first one that has ECS Exec.',
    confirm: 'platformVersion of the task, or versionInfo.agentVersion of its instance.',
    next: ['exec'],
    fix: (n) => ({
      summary:
        'Deploy on the latest platform version, or renew the instances with a current ECS-optimized AMI.',
      terraform: `resource "aws_ecs_service" "${n.service ?? 'SERVICE'}" {\n  platform_version = "LATEST"\n}`,
      cli: updateService(n, '--platform-version LATEST --force-new-deployment'),
    }),
  }),
  cause('exec-root-read-only', 'ECS Exec meets a read-only file system', {
    stage: 0,
    owner: 'task-definition',
    meaning:
      'The agent of ECS Exec must create directories and files, and the root file system is read-only.',
    confirm: 'readonlyRootFilesystem of the container.',
    next: ['exec'],
    fix: (n) => ({
      summary: `Let ${container(n)} write to its root file system in a revision for debugging; ECS Exec has no other way.`,
      terraform: 'readonlyRootFilesystem = false # in the container definition',
      cli: revise(n, `${inContainer(n)}.readonlyRootFilesystem = false`),
    }),
  }),
  cause('exec-static-credentials', 'AWS keys of its own hide the task role', {
    stage: 0,
    owner: 'task-definition',
    meaning: 'Variables of the container send the agent to other credentials than those of the task role.',
    confirm: 'Names of the variables and secrets of the container that begin with AWS_.',
    next: ['exec'],
    fix: (n) => ({
      summary: `Take ${n.name ?? 'the AWS_ variables'} out of ${container(n)} and give the rights to the task role.`,
      cli: revise(
        n,
        // Either list may be absent, and secrets are variables, too.
        `${inContainer(n)} |= ((.environment, .secrets) |= ((. // []) | map(select(.name | test("^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE|SHARED_CREDENTIALS_FILE)$") | not))))`,
      ),
    }),
  }),
  cause('exec-no-network', 'task has no network for ECS Exec', {
    stage: 0,
    owner: 'task-definition',
    meaning: 'The network mode is none, and the agent must reach Session Manager.',
    confirm: 'networkMode of the task definition.',
    next: ['exec'],
    fix: (n) => ({
      summary: 'Give the task a network mode that has a network, such as awsvpc.',
      cli: revise(n, '.networkMode = "awsvpc"'),
    }),
  }),
  cause('exec-task-role-missing', 'task has no role for ECS Exec', {
    stage: 0,
    owner: 'task-definition',
    meaning: 'The agent works with the rights of the task role, and the task has none.',
    confirm: 'taskRoleArn of the task definition and of the overrides of the task.',
    next: ['exec'],
    fix: (n) => ({
      summary: 'Make a task role with the four ssmmessages actions and name it in the task definition.',
      ...allow('TASK_ROLE', channels, '*'),
      cli: revise(n, `.taskRoleArn = "arn:aws:iam::${n.account ?? 'ACCOUNT'}:role/TASK_ROLE"`),
    }),
  }),
  cause('exec-role-denied', 'task role may not open an ECS Exec session', {
    stage: 0,
    owner: 'task-role',
    meaning: 'The task role lacks a right that the agent of ECS Exec needs.',
    confirm: 'A simulation of the ssmmessages actions, and of those for the key and the logs of the cluster.',
    next: ['exec'],
    fix: (n) => ({
      summary: `Allow ${n.action ?? 'the four ssmmessages actions'} to ${n.taskRoleArn ?? 'the task role'}.`,
      ...allow(roleName(n.taskRoleArn, 'TASK_ROLE'), n.action ? [n.action] : channels, n.resource ?? '*'),
    }),
  }),
  cause('exec-session-log-missing', 'place for the session log is missing', {
    stage: 0,
    owner: 'operator',
    meaning:
      'The cluster logs sessions to a place that does not exist or cannot be used, and refuses them without.',
    confirm: 'executeCommandConfiguration of the cluster, and the log group or key that it names.',
    next: ['exec'],
    fix: (n) => ({
      summary: `Create ${n.resource ?? n.name ?? 'the log group that the cluster names'}, or change the settings of the cluster.`,
      cli: `aws logs create-log-group --log-group-name ${n.name ?? 'LOG_GROUP'}`,
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
