import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { allow, container, goBack, inContainer, none, revise, roleName } from './fixes.ts';

/** Group 7: the process ended by its own doing. */
export const appExitCauses: readonly Cause[] = [
  cause('app-exit-error', 'exits with an error', {
    stage: 6,
    owner: 'application',
    meaning: 'The main process ended with an error code of its own; ECS did not end it.',
    confirm: 'An exit code between 1 and 125 without a reason; the last log lines of that container.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Read the last log lines of ${container(n)}: exit code ${n.exitCode ?? 'and its meaning'} is the program's own. Go back to ${n.lastGoodRevision ?? 'the last good revision'} if a deployment brought it.`,
      cli: goBack(n),
    }),
  }),
  cause('app-config-missing', 'a setting it needs is missing or wrong', {
    stage: 6,
    owner: 'task-definition',
    meaning:
      'The process gave up because a variable, file, password or limit that it needs is absent or refused.',
    confirm: "The log names it; compare with environment and secrets of the container's definition.",
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Give ${container(n)} ${n.name ? `the setting ${n.name}` : 'the setting that its log names'}; after a secret has been changed, deploy anew, since secrets are read at start only.`,
      terraform: `environment = [{ name = "${n.name ?? 'NAME'}", value = "VALUE" }] # or secrets, with valueFrom`,
      cli: revise(n, `${inContainer(n)}.environment += [{"name": "${n.name ?? 'NAME'}", "value": "VALUE"}]`),
    }),
  }),
  cause('app-dependency-unreachable', 'cannot reach something it needs', {
    stage: 6,
    owner: 'network',
    meaning: 'The process ended because a database or another service did not answer or could not be found.',
    confirm:
      'The log names host and port; security groups, routes and DNS from the task to it, and the state of the other side.',
    next: ['crash-log', 'network', 'revision-change'],
    fix: (n) => ({
      summary: `Open the way from the task to ${n.host ? `${n.host}${n.port ? `:${n.port}` : ''}` : 'the host that the log names'} (its security group, the route, DNS), see that it is up, and let the program try again at start.`,
      terraform: `resource "aws_vpc_security_group_ingress_rule" "from_task" {
  security_group_id            = "DEPENDENCY_SECURITY_GROUP_ID"
  referenced_security_group_id = "TASK_SECURITY_GROUP_ID"
  ip_protocol                  = "tcp"
  from_port                    = ${n.port ?? 'PORT'}
  to_port                      = ${n.port ?? 'PORT'}
}`,
      cli: `aws ec2 authorize-security-group-ingress --group-id DEPENDENCY_SECURITY_GROUP_ID --protocol tcp --port ${n.port ?? 'PORT'} --source-group TASK_SECURITY_GROUP_ID`,
    }),
  }),
  cause('app-credentials-missing', 'lacks AWS credentials or a permission', {
    stage: 6,
    owner: 'task-role',
    meaning: 'The program has no AWS credentials, or its task role may not do what it tried.',
    confirm:
      'taskRoleArn of the task definition; a simulation of the action that the log names for that role.',
    next: ['crash-log', 'iam', 'revision-change'],
    fix: (n) => ({
      summary: `Set a task role that may ${n.action ?? 'do what the log names'}; the execution role does not serve the program.`,
      ...allow(
        roleName(n.taskRoleArn, 'TASK_ROLE'),
        [n.action ?? 'SERVICE:Action'],
        n.resource ?? 'RESOURCE_ARN',
      ),
    }),
  }),
  cause('app-command-not-found', 'its command does not exist in the image', {
    stage: 6,
    owner: 'task-definition',
    meaning: 'A shell ran and did not find the program that it was told to run (exit code 127).',
    confirm: 'Exit code 127; command and entryPoint of the definition; the log line of the shell.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Correct the command of ${container(n)}, or install ${n.name ?? 'the program'} in the image.`,
      cli: revise(n, `${inContainer(n)}.command = ["PROGRAM", "ARGUMENT"]`),
    }),
  }),
  cause('app-not-executable', 'its program cannot be executed', {
    stage: 6,
    owner: 'image',
    meaning: 'The program was found but could not be run (exit code 126).',
    confirm: 'Exit code 126; mode and first line of the file in the image.',
    next: ['crash-log', 'image'],
    fix: (n) => ({
      summary: `Set the execute bit of ${n.name ?? 'the program'} when the image is built (RUN chmod +x), or correct its interpreter line.`,
    }),
  }),
  cause('app-abort', 'aborted itself', {
    stage: 6,
    owner: 'application',
    meaning:
      'The process raised SIGABRT: a failed assertion, a damaged heap, or a runtime that gave up (exit code 134).',
    confirm: 'Exit code 134, and the line before the abort.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Follow the assertion or heap message in the log of ${container(n)} just before the abort; go back to ${n.lastGoodRevision ?? 'the last good revision'} meanwhile.`,
      cli: goBack(n),
    }),
  }),
  cause('app-segfault', 'crashed on an invalid memory access', {
    stage: 6,
    owner: 'application',
    meaning: 'Native code touched memory that is not its own (exit code 139).',
    confirm: "Exit code 139; native libraries and the image's architecture.",
    next: ['crash-log', 'image', 'revision-change'],
    fix: (n) => ({
      summary: `Look for a native library in ${container(n)} that does not fit its base image or CPU; go back to ${n.lastGoodRevision ?? 'the last good revision'} meanwhile.`,
      cli: goBack(n),
    }),
  }),
  cause('app-exit-255', 'exits with 255', {
    stage: 6,
    owner: 'application',
    meaning: 'A wrapper or the runtime reported a failure without saying which.',
    confirm:
      'The last log lines; the architecture of the image; on EC2 the state of the host at that minute.',
    next: ['crash-log', 'image'],
    fix: (n) => ({
      summary: `Read the last log lines of ${container(n)}; 255 comes from a wrapper. On EC2 see also whether the host was going away.`,
    }),
  }),
  cause('app-exit-clean-in-service', 'ends with 0 although it should serve', {
    stage: 6,
    owner: 'application',
    meaning: 'The main process finished without an error, and the service starts it again and again.',
    confirm: 'Exit code 0 of a task whose group is service:…, after a short life, repeatedly.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Keep the process of ${container(n)} in the foreground, or run it as a scheduled task instead of a service.`,
      cli: revise(n, `${inContainer(n)}.command = ["PROGRAM", "FOREGROUND_FLAG"]`),
    }),
  }),
  cause('task-completed', 'finished its work', {
    stage: 0,
    severity: 'info',
    owner: 'nothing',
    meaning: 'A one-off task did what it was started for and ended with 0.',
    confirm: 'Exit code 0, and a group or startedBy that is no service.',
    fix: none(),
  }),
  cause('sidecar-essential-exit', 'a helper container took the task down', {
    stage: 6,
    owner: 'task-definition',
    meaning: 'A helper that is marked essential ended, so ECS stopped the application beside it.',
    confirm:
      'The first container to end is not the application; essential flags; the order of the task events.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Repair ${n.container ?? 'the helper'}, or mark it non-essential if the application can live without it.`,
      terraform: `# container_definitions: ${n.container ?? 'HELPER'}\nessential = false`,
      cli: revise(n, `${inContainer(n)}.essential = false`),
    }),
  }),
  cause('watchdog-exit', 'a watchdog ended the task', {
    stage: 6,
    severity: 'info',
    owner: 'application',
    meaning: 'A container whose work is to limit the run time ended the task on purpose.',
    confirm: 'Its name and exit code, while the other containers ended with 143.',
    next: ['crash-log'],
    fix: (n) => ({ summary: `Raise the limit of ${n.container ?? 'the watchdog'}, or make the job faster.` }),
  }),
  cause('app-disk-full', 'filled its disk', {
    stage: 6,
    owner: 'task-definition',
    meaning: 'The running program had no disk left to write to.',
    confirm: 'The log says so; ephemeral storage metrics of the task.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Enlarge the ephemeral storage of the task, or clean up what ${container(n)} writes.`,
      terraform: 'ephemeral_storage {\n  size_in_gib = 50\n}',
      cli: revise(n, '.ephemeralStorage = {"sizeInGiB": 50}'),
    }),
  }),
  cause('app-port-in-use', 'its port is already taken', {
    stage: 6,
    owner: 'task-definition',
    meaning: 'The process could not listen because another one in the same network namespace has the port.',
    confirm: 'The log says so; in awsvpc mode two containers of the task share all ports.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Give ${container(n)} a port${n.port ? ` other than ${n.port}` : ' of its own'}; containers of one awsvpc task share them.`,
      cli: revise(n, `${inContainer(n)}.portMappings[0].containerPort = PORT`),
    }),
  }),
  cause('restart-policy-masking', 'a restart policy hides a crash', {
    stage: 6,
    severity: 'warn',
    owner: 'application',
    meaning:
      'A container crashes and is restarted inside its task, so neither the task nor the service shows a stop.',
    confirm: 'RestartCount of Container Insights or of the task metadata; repeated starts in the log.',
    next: ['crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Read the log of ${container(n)} before each restart and repair that; set an alarm on RestartCount.`,
    }),
  }),
  cause('crash-loop-after-running', 'tasks start and die soon after', {
    stage: 6,
    owner: 'application',
    meaning:
      'Tasks reach RUNNING and end shortly after, over and over; ECS neither slows down nor counts them as failed.',
    confirm: 'Tasks started and stopped per hour, how long each ran, and failedTasks that stays 0.',
    next: ['stopped-tasks', 'crash-log', 'revision-change'],
    fix: (n) => ({
      summary: `Repair the exit of those tasks, and give ${container(n)} a health check so that a deployment notices.`,
      cli: goBack(n),
    }),
  }),
  cause('exit-unknown', 'ended without saying why', {
    stage: 6,
    severity: 'warn',
    owner: 'application',
    meaning: 'A container ended, and neither an exit code nor a reason was recorded.',
    confirm: 'stopCode and stoppedReason of the task, and what happened to the host at that time.',
    next: ['stopped-tasks', 'crash-log'],
    fix: (n) => ({
      summary: 'Look at the task and its host; the container left no evidence.',
      cli: `aws ecs describe-tasks --cluster ${n.cluster ?? 'CLUSTER'} --tasks ${n.task ?? 'TASK'} --query 'tasks[].[stopCode,stoppedReason,containers[].[name,exitCode,reason]]'`,
    }),
  }),
];
