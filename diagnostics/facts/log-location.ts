import type { Container, ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { idOf } from '../words.ts';

/** Where a container's log lines are, worked out from the task definition: streams are never listed. */
export type LogLocation =
  | { kind: 'cloudwatch'; group: string; stream: string; region: string | undefined }
  /** They exist, but not where this can read them; or they are kept nowhere. The text says which. */
  | { kind: 'elsewhere'; text: string };

/**
 * The stream of one container of one task. The awslogs driver names it PREFIX/CONTAINER/TASK-ID, and where no
 * prefix is set (EC2 only) after the container's runtime id.
 * Source: ECS Developer Guide, "Send Amazon ECS logs to CloudWatch", awslogs-stream-prefix.
 */
export function logLocation(task: Task, definition: TaskDefinition, containerName: string): LogLocation {
  const container = definition.containerDefinitions?.find(({ name }) => name === containerName);
  if (!container) return { kind: 'elsewhere', text: `${containerName} is not in the task definition` };
  const { logDriver, options = {} } = container.logConfiguration ?? {};
  if (logDriver === undefined) return { kind: 'elsewhere', text: noDriver(task, containerName) };
  if (logDriver === 'awslogs') return awslogs(task, container, options);
  if (logDriver === 'awsfirelens')
    return { kind: 'elsewhere', text: firelens(definition, containerName, options) };
  return {
    kind: 'elsewhere',
    text: `${containerName} logs through the ${logDriver} driver, which AWS cannot be asked to read`,
  };
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

function noDriver(task: Task, name: string): string {
  return task.launchType === 'FARGATE'
    ? `${name} has no log configuration, so nothing of its output is kept`
    : `${name} has no log configuration; its output stays in the Docker log of the instance`;
}

function firelens(definition: TaskDefinition, name: string, options: Record<string, string>): string {
  const router = definition.containerDefinitions?.find(({ firelensConfiguration }) => firelensConfiguration);
  const through = router?.name ? ` through ${router.name}` : '';
  const output = options.Name ?? 'an output set in its own configuration file';
  const place =
    options.log_group_name ?? options.delivery_stream ?? options.stream ?? options.bucket ?? options.Host;
  return `${name} logs with FireLens${through} to ${output}${place ? ` (${place})` : ''}`;
}

function runtimeId(containers: Container[] | undefined, name: string): string | undefined {
  return containers?.find((container) => container.name === name)?.runtimeId;
}

/** The id at the end of a task's ARN. */
export function taskId(task: Task): string {
  return idOf(task.taskArn);
}
