import type { Service, Task } from '@aws-sdk/client-ecs';
import { defineFact, type FactContext } from '../fact.ts';
import { stopTime } from '../stop-time.ts';
import { readStop } from '../stops.ts';
import { idOf, revisionOf } from '../words.ts';
import { cleanTasks } from './clean.ts';
import { previousRevision } from './previous-revision.ts';
import { service } from './service.ts';
import { type TaskDefinitions, taskDefinition } from './task-definitions.ts';
import { runningTaskList, tasks } from './tasks.ts';

/** Tasks read at once where nothing has failed: enough to see whether they say the same. */
const runningAtMost = 2;
/** DescribeTasks takes no more at once. */
const describedAtMost = 100;

/** The tasks whose logs are read, and what they were made from. */
export interface LogTasks {
  tasks: Task[];
  definitions: TaskDefinitions;
  /** Since when a task that ECS has forgotten was spoken of, by id. Milliseconds. */
  spokenOf: Record<string, number>;
  /** family:revision, where the revision before was asked for. */
  previous?: string;
  notes: string[];
}

/**
 * The task that matters most: the one asked for, else the newest that failed, else the newest running ones, else the
 * newest that stopped. A service's events name the tasks that it started, which saves listing them.
 */
export const logTasks = defineFact<LogTasks>({
  id: 'log-tasks',
  what: 'the tasks whose logs are to be read',
  actions: [
    ...new Set([
      ...service.actions,
      ...tasks.actions,
      ...taskDefinition.actions,
      ...previousRevision.actions,
    ]),
  ],
  async load(context) {
    const { scope, target } = context;
    if (scope.page) return paged(context);
    if (scope.previous === true) return before(context);
    if (target.service !== undefined && target.task === undefined) {
      const named = (await fromEvents(context)) ?? (await longRunning(context));
      if (named) return withDefinitions(context, named);
    }
    const known = await context.read(tasks);
    const chosen = await choose(context, known);
    if (chosen.length > 0) return withDefinitions(context, { chosen });
    return forgotten(context, known.forgotten);
  },
});

/** The tasks that the service's events name; undefined where they do not name what runs now. */
async function fromEvents(context: FactContext): Promise<{ chosen: Task[] } | undefined> {
  const described = await context.settle(service);
  if (!described.ok) {
    if (described.failure.reason === 'NotFound') throw described.failure;
    return undefined;
  }
  const ids = [...idsInEvents(described.value).keys()].slice(0, describedAtMost);
  if (ids.length === 0) return undefined;
  const [found] = await Promise.all([describe(context, ids), deployedNow(context)]);
  const chosen = await choose(context, found);
  const isWhole =
    chosen.some(({ lastStatus }) => lastStatus === 'STOPPED') || (described.value?.runningCount ?? 0) === 0;
  // Tasks that have run for weeks have left the events; what was started since may be pending still.
  return chosen.length > 0 &&
    (isWhole || chosen.length >= Math.min(runningAtMost, described.value?.runningCount ?? 0))
    ? { chosen }
    : undefined;
}

/**
 * Tasks that have run since before the oldest event, of the only deployment there is: their ids and the deployed
 * revision are all that their streams are named after. Undefined where more has to be known.
 */
async function longRunning(context: FactContext): Promise<{ chosen: Task[] } | undefined> {
  const described = await context.settle(service);
  const { deployments = [], events = [], taskDefinition: arn } = (described.ok && described.value) || {};
  if (arn === undefined || deployments.length !== 1 || idsInEvents({ events }).size > 0) return undefined;
  const [list, definitions] = await Promise.all([context.read(runningTaskList), deployedNow(context)]);
  const isNamed = definitions[arn]?.containerDefinitions?.every(
    ({ logConfiguration }) =>
      logConfiguration?.logDriver !== 'awslogs' || logConfiguration.options?.['awslogs-stream-prefix'],
  );
  if (list.arns.length === 0 || isNamed !== true) return undefined;
  const chosen = list.arns.toSorted().slice(0, runningAtMost);
  return { chosen: chosen.map((taskArn) => ({ taskArn, taskDefinitionArn: arn, lastStatus: 'RUNNING' })) };
}

interface Known {
  stopped: Task[];
  running: Task[];
}

async function describe({ aws, target, scope }: FactContext, ids: string[]): Promise<Known> {
  const answer = await aws.ecs.describeTasks({ cluster: target.cluster, tasks: ids });
  const found = await cleanTasks(answer.tasks ?? []);
  const own = found.filter(
    ({ group }) => target.service === undefined || group === `service:${target.service}`,
  );
  const since = scope.since?.getTime() ?? 0;
  return {
    stopped: own
      .filter(
        (task) => task.lastStatus === 'STOPPED' && (stopTime(task) || Number.POSITIVE_INFINITY) >= since,
      )
      .sort((a, b) => stopTime(b) - stopTime(a)),
    running: own.filter((task) => task.lastStatus !== 'STOPPED' && task.desiredStatus !== 'STOPPED'),
  };
}

async function choose(context: FactContext, { stopped, running }: Known): Promise<Task[]> {
  const described = await context.settle(service);
  const beside = described.ok ? { service: described.value } : {};
  const definitions = stopped.length > 0 ? await deployedNow(context) : {};
  if (context.scope.running === true && running.length > 0) return newest(running);
  const failed = stopped.find(
    (task) => readStop(task, definitions, beside).explanations[0].severity !== 'info',
  );
  if (failed) return [failed];
  return running.length > 0 ? newest(running) : stopped.slice(0, 1);
}

/** The deployed revision, which most tasks are of: read beside them, and any other only where it is needed. */
async function deployedNow(context: FactContext): Promise<TaskDefinitions> {
  const described = await context.settle(service);
  const arn = described.ok ? described.value?.taskDefinition : undefined;
  if (arn === undefined) return {};
  const read = await context.settle(taskDefinition, arn);
  return read.ok ? { [arn]: read.value } : {};
}

function newest(running: readonly Task[]): Task[] {
  // One that has started says more than one that is still on its way.
  return [...running].sort((a, b) => time(b) - time(a)).slice(0, runningAtMost);
}

function time({ startedAt }: Task): number {
  return startedAt?.getTime() ?? 0;
}

async function withDefinitions(
  context: FactContext,
  { chosen, ...more }: { chosen: Task[] } & Partial<LogTasks>,
): Promise<LogTasks> {
  const known = await deployedNow(context);
  const arns = [...new Set(chosen.map(({ taskDefinitionArn }) => taskDefinitionArn ?? ''))];
  const entries = await Promise.all(
    arns.map(async (arn) => [arn, known[arn] ?? (await context.read(taskDefinition, arn))] as const),
  );
  return { tasks: chosen, definitions: Object.fromEntries(entries), spokenOf: {}, notes: [], ...more };
}

/** A stream is named after the task, so it can be read though ECS no longer knows which revision the task was of. */
async function forgotten(context: FactContext, ids: readonly string[]): Promise<LogTasks> {
  const described = await context.settle(service);
  const events = described.ok ? idsInEvents(described.value) : new Map<string, number>();
  const [id] = [...ids, ...(context.target.task === undefined ? events.keys() : [])];
  const definitions = await deployedNow(context);
  const [arn] = Object.keys(definitions);
  const empty = { tasks: [], definitions: {}, spokenOf: {}, notes: [] };
  if (id === undefined || arn === undefined) return empty;
  return {
    tasks: [{ taskArn: id, taskDefinitionArn: arn }],
    definitions,
    spokenOf: Object.fromEntries(events),
    notes: [
      'ECS has forgotten the task; where it logged is worked out from the revision that is deployed now.',
    ],
  };
}

/** The revision before the deployed one: its tasks where ECS knows some, else the newest that the events name. */
async function before(context: FactContext): Promise<LogTasks> {
  const previous = await context.read(previousRevision);
  const none = { tasks: [], definitions: {}, spokenOf: {} };
  if (!previous) return { ...none, notes: ['No revision before the deployed one is known.'] };
  const { arn, until } = previous;
  const known = await context.read(tasks);
  const of = (list: readonly Task[]) => list.filter(({ taskDefinitionArn }) => taskDefinitionArn === arn);
  const chosen = await choose(context, { stopped: of(known.stopped), running: of(known.running) });
  const named = { previous: revisionOf(arn) };
  if (chosen.length > 0) return withDefinitions(context, { chosen, ...named });
  const described = await context.settle(service);
  const events = described.ok ? idsInEvents(described.value, until) : new Map<string, number>();
  const [id] = events.keys();
  if (id === undefined)
    return {
      ...none,
      ...named,
      notes: [`ECS knows no task of ${revisionOf(arn)} any more, and the events name none.`],
    };
  return withDefinitions(context, {
    chosen: [{ taskArn: id, taskDefinitionArn: arn }],
    spokenOf: Object.fromEntries(events),
    ...named,
    notes: [
      `ECS has forgotten the tasks of ${revisionOf(arn)}; one that its events name from before the deployment is read.`,
    ],
  });
}

/** The tasks of a page, whether ECS still knows them or not. */
async function paged(context: FactContext): Promise<LogTasks> {
  const { aws, target, scope } = context;
  const places = new Map((scope.page?.places ?? []).map(({ task, revision }) => [task, revision]));
  const [answer, definitions] = await Promise.all([
    aws.ecs.describeTasks({ cluster: target.cluster, tasks: [...places.keys()] }),
    Promise.all([...new Set(places.values())].map((revision) => context.read(taskDefinition, revision))),
  ]);
  const found = await cleanTasks(answer.tasks ?? []);
  const arnOf = (revision: string) =>
    definitions.find(({ taskDefinitionArn }) => idOf(taskDefinitionArn) === revision)?.taskDefinitionArn;
  return {
    tasks: [...places].map(
      ([id, revision]) =>
        found.find(({ taskArn }) => idOf(taskArn) === id) ?? {
          taskArn: id,
          taskDefinitionArn: arnOf(revision),
        },
    ),
    definitions: Object.fromEntries(definitions.map((one) => [one.taskDefinitionArn ?? '', one])),
    spokenOf: {},
    notes: [],
  };
}

/** Task ids that the service's events name, newest first, with the time; of those before `until` where that is given. */
export function idsInEvents(described: Service | undefined, until?: Date): Map<string, number> {
  const ids = new Map<string, number>();
  for (const { message = '', createdAt } of described?.events ?? []) {
    if (until && createdAt && createdAt >= until) continue;
    for (const [, id = ''] of message.matchAll(/\(task ([0-9a-f]{32}|[0-9a-f-]{36})\)/g)) {
      if (!ids.has(id)) ids.set(id, createdAt?.getTime() ?? 0);
    }
  }
  return ids;
}
