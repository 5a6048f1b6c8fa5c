import type { Task } from '@aws-sdk/client-ecs';
import { defineFact, type FactContext, type FactSource } from '../../fact.ts';
import { unknownShape } from '../../insights/shape.ts';
import type { Window } from '../../insights/window.ts';
import { containersOf, performanceGroup, samplesQuery } from '../../perf/task-samples.ts';
import type { NotChecked } from '../../report.ts';
import { stopTime } from '../../stop-time.ts';
import type { TaskMemory } from '../../task-memory-details.ts';
import { insightsAnswer } from '../insights/insights-answer.ts';
import { type InsightsPlan, insightsPlan } from '../insights/insights-plan.ts';
import { taskDefinition } from '../task-definitions.ts';
import { tasks } from '../tasks.ts';
import { containerInsights } from './container-insights.ts';

/** What Container Insights knows of the memory of one task. */
export type TaskMemoryFact =
  | { kind: 'samples'; memory: TaskMemory; notChecked: NotChecked[] }
  /** The cluster sends no samples, or the group holds none of this task. */
  | { kind: 'off' | 'none'; notChecked: NotChecked[] }
  /** The query did not get to its end. */
  | { kind: 'unread'; why: string; notChecked: NotChecked[] };

const minute = 60_000;
const beforeStop = 15 * minute;
/** The last sample may be written after the task is gone. */
const afterStop = 2 * minute;
/** Of a task that ECS has forgotten it is not known when it stopped; the group keeps a day by default. */
const forgotten = 180 * minute;

/**
 * The samples of the task that is asked about, by a query of Logs Insights, which AWS bills: nobody pays for it who
 * has not named a task.
 */
export const taskMemory = defineFact<TaskMemoryFact | undefined>({
  id: 'task-memory',
  what: 'the memory of the task by the samples of Container Insights',
  actions: [
    ...new Set([
      ...insightsAnswer.actions,
      ...containerInsights.actions,
      ...tasks.actions,
      ...taskDefinition.actions,
    ]),
  ],
  async load(context) {
    const { target, read, settle, scope } = context;
    if (target.task === undefined || target.cluster === undefined) return undefined;
    const [mode, known] = await Promise.all([read(containerInsights), settle(tasks)]);
    if (mode === 'disabled') return { kind: 'off', notChecked: [] };
    const all = known.ok ? [...known.value.stopped, ...known.value.stopping, ...known.value.running] : [];
    const task = all.find(({ taskArn = '' }) => taskArn.endsWith(`/${target.task}`));
    const window = windowOf(task, scope);
    const definition = task?.taskDefinitionArn ? settle(taskDefinition, task.taskDefinitionArn) : undefined;
    const answer = await query(context, planOf(target.cluster, target.task, window));
    if (answer.kind === 'no-group') return { kind: 'none', notChecked: [] };
    if (answer.kind !== 'ran')
      return { kind: 'unread', why: 'too many queries run in the account', notChecked: [] };
    // Of some samples the last one need not be the last of all.
    if (answer.state !== 'complete')
      return { kind: 'unread', why: unended[answer.state], notChecked: answer.notChecked };
    const defined = await definition;
    const containers = containersOf(answer.rows, defined?.ok ? defined.value : undefined);
    const { notChecked } = answer;
    if (containers.length > 0) {
      const stopped = task && stopTime(task);
      const memory: TaskMemory = {
        task: target.task,
        state: task === undefined ? 'forgotten' : stopped ? 'stopped' : 'running',
        ...(stopped && { stoppedAt: new Date(stopped).toISOString() }),
        containers,
        from: window.from.toISOString(),
        to: window.to.toISOString(),
      };
      return { kind: 'samples', memory, notChecked };
    }
    return { kind: 'none', notChecked };
  },
});

const unended = {
  late: 'the query did not end in time',
  cancelled: 'the query was cancelled',
  failed: 'the query failed',
} as const;

/** Around its end; of one that runs the last quarter of an hour. */
function windowOf(task: Task | undefined, { now, since }: FactContext['scope']): Window {
  const end = task ? stopTime(task) || now.getTime() : now.getTime();
  const to = new Date(Math.min(now.getTime(), end + afterStop));
  if (since) return { from: since, to: new Date(Math.max(to.getTime(), since.getTime() + minute)) };
  return { from: new Date(end - (task ? beforeStop : forgotten)), to };
}

function planOf(cluster: string, task: string, window: Window): InsightsPlan {
  return {
    kind: 'query',
    place: {
      groups: [performanceGroup(cluster)],
      region: undefined,
      containers: [],
      prefixes: [],
      streams: [],
    },
    text: samplesQuery(task),
    frame: { shape: unknownShape, window, stopped: [] },
    notes: [],
    notChecked: [],
  };
}

/** The query is run, watched and stopped as those of the library are; only what it asks is another. */
function query(context: FactContext, plan: InsightsPlan): ReturnType<typeof insightsAnswer.load> {
  const read = (source: FactSource<unknown, unknown>, key: unknown) =>
    source.id === insightsPlan.id ? Promise.resolve(plan) : context.read(source, key);
  return insightsAnswer.load(
    {
      ...context,
      scope: { ...context.scope, query: 'memory' },
      read: read as FactContext['read'],
      tell: () => {},
    },
    undefined,
  );
}
