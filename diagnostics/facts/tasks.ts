import type { DesiredStatus, Task } from '@aws-sdk/client-ecs';
import { defineFact, type FactContext } from '../fact.ts';
import { stopTime } from '../stop-time.ts';
import { idOf } from '../words.ts';
import { cleanTasks } from './clean.ts';
import { ownStops } from './own-stops.ts';
import { service } from './service.ts';

/** DescribeTasks takes 100 at most; three calls show what a bad hour looks like without eating the customer's rate. */
const describeAtOnce = 100;
const describeAtMost = 300;
/** Pages of ListTasks that are read before it is said that there are more. */
const pagesAtMost = 5;

export interface TaskList {
  arns: string[];
  /** False where more pages were left unread. */
  complete: boolean;
}

export interface Tasks {
  /** Newest stop first. Only tasks that ECS has fully stopped: those still draining are in `stopping`. */
  stopped: Task[];
  stopping: Task[];
  /** Tasks meant to run, whatever state they have reached; the oldest first, for ECS lists them in no order. */
  running: Task[];
  /** Ids that ECS no longer knows. */
  forgotten: string[];
  /** How many stopped tasks were listed and how many of them were looked at. */
  listed: number;
  looked: number;
  complete: boolean;
  /** False where not every running task was described: their count is then ECS's, not the list's. */
  runningComplete: boolean;
}

/** Desired status STOPPED: also holds tasks that are draining right now. */
export const stoppedTaskList = listOf('stopped-task-list', 'the list of stopped tasks', 'STOPPED');
export const runningTaskList = listOf('running-task-list', 'the list of running tasks', 'RUNNING');

/** The target's tasks, running and stopped, described together in as few calls as ECS allows. */
export const tasks = defineFact<Tasks>({
  id: 'tasks',
  what: 'the tasks',
  actions: ['ecs:ListTasks', 'ecs:DescribeTasks'],
  async load(context) {
    if (context.target.task !== undefined) return describe(context, [context.target.task], true);
    const [stopped, running] = await Promise.all([
      context.read(stoppedTaskList),
      context.read(runningTaskList),
    ]);
    const second = stopped.arns.length === 0 ? await secondLook(context) : undefined;
    const list = second ?? stopped;
    // Stops are what the question is about; running tasks, with which they are compared, always keep a batch.
    const kept = Math.min(running.arns.length, describeAtOnce);
    const stops = list.arns.slice(0, describeAtMost - kept);
    const alive = running.arns.slice(0, describeAtMost - stops.length);
    const described = await describe(context, [...new Set([...stops, ...alive])], list.complete);
    // The family has the tasks of other services too; of those not looked at it is not known whose they are.
    const own = described.stopped.length + described.stopping.length;
    return {
      ...described,
      stopped: await ownStops(context, described.stopped),
      listed: second ? own : list.arns.length,
      looked: second ? own : stops.length,
      complete: list.complete && (second === undefined || stops.length === list.arns.length),
      runningComplete: running.complete && alive.length === running.arns.length,
    };
  },
});

function listOf(id: string, what: string, desiredStatus: DesiredStatus) {
  return defineFact<TaskList>({
    id,
    what,
    actions: ['ecs:ListTasks'],
    async load({ target, aws }) {
      const of = target.service === undefined ? { family: target.family } : { serviceName: target.service };
      return list((nextToken) =>
        aws.ecs.listTasks({ cluster: target.cluster, ...of, desiredStatus, nextToken }),
      );
    },
  });
}

async function list(
  page: (
    nextToken: string | undefined,
  ) => Promise<{ taskArns?: string[] | undefined; nextToken?: string | undefined }>,
): Promise<TaskList> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const answer = await page(nextToken);
    arns.push(...(answer.taskArns ?? []));
    nextToken = answer.nextToken;
    if (!nextToken) return { arns, complete: true };
  }
  return { arns, complete: false };
}

/** ECS remembers a stopped task for about an hour. Milliseconds. */
const remembered = 3_600_000;

/**
 * ListTasks by service name has been seen to leave stopped tasks out. When the service's own numbers or its events
 * speak of stops, the family is asked instead, and what belongs to other services is dropped after the description.
 */
async function secondLook(context: FactContext): Promise<TaskList | undefined> {
  const { target, scope, aws } = context;
  const described = await context.settle(service);
  if (!described.ok || !described.value) return undefined;
  const { deployments = [], events = [], taskDefinition } = described.value;
  const failed = deployments.some((deployment) => (deployment.failedTasks ?? 0) > 0);
  const said = events.some(
    ({ createdAt, message }) =>
      /has stopped \d+ running tasks/.test(message ?? '') &&
      scope.now.getTime() - (createdAt?.getTime() ?? 0) < remembered,
  );
  const [family] = idOf(taskDefinition).split(':');
  if ((!failed && !said) || !family) return undefined;
  return list((nextToken) =>
    aws.ecs.listTasks({ cluster: target.cluster, family, desiredStatus: 'STOPPED', nextToken }),
  );
}

async function describe(
  { target, scope, aws }: FactContext,
  arns: string[],
  complete: boolean,
): Promise<Tasks> {
  const batches: string[][] = [];
  for (let from = 0; from < arns.length; from += describeAtOnce)
    batches.push(arns.slice(from, from + describeAtOnce));
  const answers = await Promise.all(
    batches.map((batch) => aws.ecs.describeTasks({ cluster: target.cluster, tasks: batch })),
  );
  const found = await cleanTasks(answers.flatMap((answer) => answer.tasks ?? []));
  const own = target.service === undefined ? found : found.filter((task) => belongsTo(task, target.service));
  const since = scope.since?.getTime() ?? 0;
  const stopped = own
    .filter((task) => task.lastStatus === 'STOPPED' && (stopTime(task) || Number.POSITIVE_INFINITY) >= since)
    .sort((a, b) => stopTime(b) - stopTime(a));
  return {
    stopped,
    stopping: own.filter((task) => task.lastStatus !== 'STOPPED' && task.desiredStatus === 'STOPPED'),
    running: own
      .filter((task) => task.lastStatus !== 'STOPPED' && task.desiredStatus !== 'STOPPED')
      .sort((a, b) => createdTime(a) - createdTime(b)),
    // MISSING means expired, not failed: ECS forgets a stopped task after about an hour.
    forgotten: answers.flatMap((answer) =>
      (answer.failures ?? [])
        .filter((failure) => failure.reason === 'MISSING')
        .map((failure) => idOf(failure.arn)),
    ),
    listed: arns.length,
    looked: arns.length,
    complete,
    runningComplete: true,
  };
}

function belongsTo(task: Task, name: string | undefined): boolean {
  return task.group === undefined || task.group === `service:${name}`;
}

/** When a task came to be, milliseconds. */
function createdTime(task: Task): number {
  return (task.createdAt ?? task.startedAt)?.getTime() ?? 0;
}
