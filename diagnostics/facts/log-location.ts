import type { Container, ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { firelensRoute, hostOf } from '../logs/firelens.ts';
import { idOf } from '../words.ts';

/** Where a container's log lines are, worked out from the task definition: streams are never listed. */
export type LogLocation =
  | { kind: 'cloudwatch'; group: string; stream: string; region: string | undefined }
  /** They exist, but not where this can read them; or they are kept nowhere. The text says which. */
  | { kind: 'elsewhere'; text: string; link?: string };

/**
 * The stream of one container of one task. The awslogs driver names it PREFIX/CONTAINER/TASK-ID, and where no
 * prefix is set (EC2 only) after the container's runtime id.
 * Source: ECS Developer Guide, "Send Amazon ECS logs to CloudWatch", awslogs-stream-prefix.
 */
export function logLocation(task: Task, definition: TaskDefinition, containerName: string): LogLocation {
  const container = definition.containerDefinitions?.find(({ name }) => name === containerName);
  if (!container) return { kind: 'elsewhere', text: `${containerName} is not in the task definition` };
  const { logDriver, options = {} } = container.logConfiguration ?? {};
  if (logDriver === undefined) return { kind: 'elsewhere', text: noDriver(task, definition, containerName) };
  if (logDriver === 'awslogs') return awslogs(task, container, options);
  if (logDriver === 'awsfirelens') return firelensRoute(task, definition, container);
  return { kind: 'elsewhere', text: otherDriver(containerName, logDriver, options) };
}

function awslogs(task: Task, container: ContainerDefinition, options: Record<string, string>): LogLocation {
  const group = options['awslogs-group'];
  const name = container.name ?? '';
  if (!group) return { kind: 'elsewhere', text: `${name} has no awslogs-group in its log options` };
  const prefix = options['awslogs-stream-prefix'];
  const stream = prefix ? `${prefix}/${name}/${taskId(task)}` : runtimeId(task.containers, name);
  if (!stream) return { kind: 'elsewhere', text: `${name} never got a runtime id, so it has no log stream` };
  return { kind: 'cloudwatch', group, stream, region: options['awslogs-region'] };
}

function noDriver(task: Task, definition: TaskDefinition, name: string): string {
  const isFargate =
    task.launchType === 'FARGATE' ||
    (task.launchType === undefined && definition.requiresCompatibilities?.includes('FARGATE') === true);
  return isFargate
    ? `${name} has no logConfiguration, and on Fargate nothing of its output is kept then`
    : `${name} has no logConfiguration, so its output stays in Docker's json-file log on the instance: docker logs there`;
}

/** Addresses in log options hold passwords at times: only the host is told. */
function otherDriver(name: string, driver: string, options: Record<string, string>): string {
  const address =
    options['splunk-url'] ??
    options['fluentd-address'] ??
    options['gelf-address'] ??
    options['syslog-address'];
  const host = address === undefined ? undefined : hostOf(address);
  const where = places[driver] ?? `through the ${driver} driver`;
  const index = options['splunk-index'] === undefined ? '' : `, index ${options['splunk-index']}`;
  return `${name} logs ${where}${host === undefined ? '' : ` at ${host}`}${index}, which AWS cannot be asked to read`;
}

const places: Readonly<Record<string, string>> = {
  splunk: 'to Splunk',
  fluentd: 'to Fluentd',
  gelf: 'to a GELF endpoint',
  syslog: 'to syslog',
  journald: "to the instance's journal (journalctl there)",
  'json-file': "to Docker's json-file log on the instance (docker logs there)",
  local: "to Docker's log on the instance (docker logs there)",
  logentries: 'to Logentries',
  sumologic: 'to Sumo Logic',
  none: 'nowhere: its driver is none',
};

function runtimeId(containers: Container[] | undefined, name: string): string | undefined {
  return containers?.find((container) => container.name === name)?.runtimeId;
}

/** The id at the end of a task's ARN. */
export function taskId(task: Task): string {
  return idOf(task.taskArn);
}
