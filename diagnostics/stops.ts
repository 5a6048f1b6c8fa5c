import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { type Explanation, explain } from './explain.ts';
import type { TaskDefinitions } from './facts/task-definitions.ts';
import type { Observation } from './observation.ts';
import { stopTime } from './stop-time.ts';
import { listed } from './words.ts';

/** A stopped task with the cause that its own fields speak for. */
export interface Stop {
  task: Task;
  /** Best first; never empty. */
  explanations: [Explanation, ...Explanation[]];
}

/** Stops that ended alike: same cause, container, exit code and words. Newest stop first. */
export interface StopGroup {
  cause: Explanation;
  stops: [Stop, ...Stop[]];
}

interface Beside {
  /** Its service, where that has been read. */
  service?: Service | undefined;
  /** Last lines of the container that the stop is about, oldest first, where they have been read. */
  logTail?: string;
}

/** Reads one stopped task, with what is known beside it. */
export function readStop(task: Task, definitions: TaskDefinitions, beside: Beside = {}): Stop {
  const definition = task.taskDefinitionArn === undefined ? undefined : definitions[task.taskDefinitionArn];
  const [best, ...others] = explain(observe(task, definition, beside)) as Stop['explanations'];
  const known = definition === undefined ? withoutDefinition(best, task) : best;
  return { task, explanations: [withChecked(known, task, beside.service), ...others] };
}

/** Only the task definition says which containers are essential, and a task ends with none but those. */
function withoutDefinition(explanation: Explanation, task: Task): Explanation {
  const names = (task.containers ?? []).flatMap(({ name }) => name ?? []);
  const isChoice = task.stopCode === 'EssentialContainerExited' && explanation.culprit !== undefined;
  if (!isChoice || names.length < 2 || explanation.status !== 'confirmed') return explanation;
  return {
    ...explanation,
    status: 'likely',
    decide: `ecs:DescribeTaskDefinition, which says whether ${listed(names)} are essential`,
  };
}

/** The load balancer checks one container of the task: that one has to answer, and its log says why it does not. */
function withChecked(explanation: Explanation, task: Task, service: Service | undefined): Explanation {
  if (explanation.culprit !== undefined || !explanation.cause.startsWith('elb-')) return explanation;
  const checked = service?.loadBalancers?.map(({ containerName }) => containerName);
  const culprit = task.containers?.find(({ name }) => name !== undefined && checked?.includes(name))?.name;
  return culprit === undefined ? explanation : { ...explanation, culprit };
}

/** The task as one observation: the shape that `explain` reads, in AWS's field names. */
function observe(
  task: Task,
  definition: TaskDefinition | undefined,
  { service, logTail }: Beside,
): Observation {
  const defined = new Map(definition?.containerDefinitions?.map((container) => [container.name, container]));
  const containers = (task.containers ?? []).map((container) => ({
    name: container.name ?? '',
    exitCode: container.exitCode,
    reason: container.reason,
    essential: defined.get(container.name)?.essential,
    healthStatus: container.healthStatus,
    image: container.image,
    memory: defined.get(container.name)?.memory,
    stopTimeout: defined.get(container.name)?.stopTimeout,
    started: task.startedAt !== undefined || container.exitCode !== undefined,
  }));
  const sick = defined.get(task.containers?.find(({ healthStatus }) => healthStatus === 'UNHEALTHY')?.name);
  return {
    where: 'task.stoppedReason',
    text: task.stoppedReason ?? '',
    context: {
      launchType: task.launchType,
      capacityProviderName: task.capacityProviderName,
      stopCode: task.stopCode,
      desiredStatus: task.desiredStatus,
      taskLastStatus: task.lastStatus,
      otherContainers: containers,
      group: task.group,
      startedBy: task.startedBy,
      memory: definition?.memory ?? task.memory,
      healthStatus: task.healthStatus,
      platformFamily: task.platformFamily,
      platformVersion: task.platformVersion,
      stoppingToStoppedSeconds: secondsBetween(task.stoppingAt, task.executionStoppedAt ?? task.stoppedAt),
      runtimeSeconds: secondsBetween(task.startedAt, task.stoppingAt ?? task.stoppedAt),
      networkMode: definition?.networkMode,
      taskRoleArn: task.overrides?.taskRoleArn ?? definition?.taskRoleArn,
      taskAccount: task.taskArn?.split(':')[4],
      taskDefinitionImage: imageSpokenOf(task),
      healthCheckGracePeriodSeconds: service?.healthCheckGracePeriodSeconds,
      healthCheckCommand: sick?.healthCheck?.command,
      logTail,
      runtimePlatform: definition?.runtimePlatform?.cpuArchitecture,
    },
  };
}

/** The image, as the task definition names it, of the repository that a reason speaks of. */
function imageSpokenOf(task: Task): string | undefined {
  const reasons = [task.stoppedReason, ...(task.containers ?? []).map(({ reason }) => reason)].join(' ');
  return task.containers
    ?.map(({ image }) => image)
    .find((image) => image !== undefined && reasons.includes(repositoryOf(image)));
}

/** Without digest and tag; a colon before the last slash belongs to the registry's port. */
function repositoryOf(image: string): string {
  const [named = ''] = image.split('@');
  return named.replace(/:[^/:]*$/, '');
}

function secondsBetween(from: Date | undefined, to: Date | undefined): number | undefined {
  return from && to ? (to.getTime() - from.getTime()) / 1000 : undefined;
}

/** Groups stops that are the same failure. Groups with the newest stop first. */
export function groupStops(stops: readonly Stop[]): StopGroup[] {
  const groups = new Map<string, StopGroup>();
  for (const stop of [...stops].sort((a, b) => stopTime(b.task) - stopTime(a.task))) {
    const [cause] = stop.explanations;
    const key = [
      cause.cause,
      cause.culprit,
      exitCode(stop.task, cause.culprit),
      reasonKey(reasonOf(stop)),
    ].join('\u0000');
    const group = groups.get(key);
    if (group) group.stops.push(stop);
    else groups.set(key, { cause, stops: [stop] });
  }
  return [...groups.values()];
}

/** The words that AWS gave for a stop: the culprit's own reason where it has one, else the task's. */
export function reasonOf({ task, explanations: [cause] }: Stop): string {
  const culprit = task.containers?.find(({ name }) => name === cause.culprit);
  const reasonOfAny = task.containers?.find(({ reason }) => reason)?.reason;
  const own = culprit?.reason || (task.stopCode === 'TaskFailedToStart' ? reasonOfAny : undefined);
  return own && !task.stoppedReason?.includes(own) ? own : (task.stoppedReason ?? own ?? '');
}

export function exitCode(task: Task, container: string | undefined): number | undefined {
  return task.containers?.find(({ name }) => name === container)?.exitCode;
}

/** Same failure, other ids: ARNs, ids, addresses, numbers and times are taken out; quoted names stay. */
function reasonKey(reason: string): string {
  return reason
    .replace(/arn:[\w-]+:[^\s)\]'"]+/g, 'ARN')
    .replace(/\b((?:request|host) ?id:?) *[^\s,;)\]'"]+/gi, '$1 ID')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, 'ID')
    .replace(/\b[0-9a-f]{8,}\b/gi, 'ID')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, 'ADDRESS')
    .replace(/\d+/g, 'N')
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
