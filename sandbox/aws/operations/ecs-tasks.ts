import type {
  DescribeTasksRequest,
  DescribeTasksResponse,
  ListTasksRequest,
  ListTasksResponse,
  Task,
} from '@aws-sdk/client-ecs';
import type { Account } from '../world.ts';
import {
  checkCount,
  described,
  ecsPage,
  findCluster,
  findMember,
  findService,
  invalid,
  keysOf,
  memberArn,
  memberResource,
  withTags,
} from './ecs-names.ts';
import { type Operation, overWorld } from './operation.ts';

export const taskOperations: Record<string, Operation> = {
  ListTasks: overWorld(listTasks),
  DescribeTasks: overWorld(describeTasks, (input, account) =>
    memberResource(account, 'task', input.cluster, input.tasks?.[0]),
  ),
};

function listTasks(input: ListTasksRequest, account: Account): ListTasksResponse {
  refuseMixedFilters(input);
  const cluster = findCluster(account, input.cluster);
  const service = input.serviceName && findService(account, cluster, input.serviceName);
  const instance =
    input.containerInstance && memberArn(account, cluster, 'container-instance', input.containerInstance);
  // ECS never sets a task's desired status to PENDING: asking for it finds nothing.
  const desired = input.desiredStatus ?? 'RUNNING';
  const tasks = account.world.tasks
    .filter((task) => task.clusterArn === cluster.clusterArn && task.desiredStatus === desired)
    .filter((task) => !service || task.group === `service:${service.serviceName}`)
    .filter((task) => !input.family || familyOf(task) === input.family)
    .filter((task) => !input.startedBy || task.startedBy === input.startedBy)
    .filter((task) => !input.launchType || task.launchType === input.launchType)
    .filter((task) => !instance || task.containerInstanceArn === instance)
    .filter((task) => !input.daemonName || task.group === `daemon:${input.daemonName}`);
  const { items, nextToken } = ecsPage(
    keysOf(tasks, (task) => task.taskArn),
    listName(input),
    input,
  );
  return { taskArns: items, nextToken };
}

function refuseMixedFilters(input: ListTasksRequest): void {
  const others = [
    input.family,
    input.serviceName,
    input.containerInstance,
    input.launchType,
    input.desiredStatus,
  ];
  if (input.startedBy && others.some(Boolean)) throw invalid('cannot specify startedBy with other arguments');
  if (input.serviceName && (input.family || input.containerInstance)) {
    throw invalid('cannot specify serviceName with other arguments');
  }
}

/** A token belongs to the filters it was made for. */
function listName(input: ListTasksRequest): string {
  const { nextToken: _token, maxResults: _size, ...filters } = input;
  return `tasks ${JSON.stringify(filters)}`;
}

function familyOf(task: Task): string | undefined {
  return task.taskDefinitionArn?.split('/').at(-1)?.split(':')[0];
}

function describeTasks(input: DescribeTasksRequest, account: Account): DescribeTasksResponse {
  const references = checkCount(input.tasks, 'taskIds', 100, 'Tasks cannot be empty.');
  const cluster = findCluster(account, input.cluster);
  const arns = references.map((reference) => memberArn(account, cluster, 'task', reference));
  const { found, failures } = described(arns, (arn) =>
    findMember(account.world.tasks, (task) => task.taskArn, arn),
  );
  for (const { arn = '' } of failures) {
    const { length } = arn.split('/').at(-1) ?? '';
    if (length > 36) throw invalid('taskId longer than 36.');
    if (length !== 32 && length !== 36) throw invalid('taskId length should be one of [32,36]');
  }
  return { tasks: found.map((task) => withTags(task, input.include)), failures };
}
