import type { Task } from '@aws-sdk/client-ecs';
import { z } from 'zod';
import { defineFact } from '../fact.ts';
import { cleanTasks } from './clean.ts';
import { ownStops } from './own-stops.ts';
import { searchLog } from './search-log.ts';

/** What the cluster's event capture remembers of stopped tasks; `missing` says why it remembers nothing. */
export interface CapturedStops {
  group: string;
  stopped: Task[];
  missing?: string;
}

/** The console's event capture keeps seven days by default; a day is what an on-call engineer asks about. */
const lookBack = 24 * 3_600_000;
const eventsAtMost = 1000;

const date = z.coerce.date().optional();

/** The detail of an EventBridge "ECS Task State Change": a task as DescribeTasks gives it, times as text. */
const stateChangeSchema = z.object({
  'detail-type': z.literal('ECS Task State Change'),
  detail: z.looseObject({
    taskArn: z.string(),
    createdAt: date,
    startedAt: date,
    stoppingAt: date,
    executionStoppedAt: date,
    stoppedAt: date,
    pullStartedAt: date,
    pullStoppedAt: date,
    connectivityAt: date,
  }),
});

/**
 * Stopped tasks that ECS has forgotten, from the log group that event capture writes task state changes to.
 * Source: ECS Developer Guide, "Amazon ECS task state change events" and the console's event capture.
 */
export const capturedStops = defineFact<CapturedStops>({
  id: 'captured-stops',
  what: 'the captured task events',
  actions: ['logs:FilterLogEvents'],
  async load(context) {
    const { target, scope, aws } = context;
    const group = `/aws/events/ecs/containerinsights/${target.cluster}/performance`;
    try {
      const { events, isWhole } = await searchLog(aws, eventsAtMost, {
        logGroupName: group,
        filterPattern: patternFor(target),
        startTime: (scope.since ?? new Date(scope.now.getTime() - lookBack)).getTime(),
      });
      const tasks = events.flatMap(({ message }) => taskOf(message));
      const stopped = await ownStops(context, await cleanTasks(newestOfEach(tasks)));
      return stopped.length > 0
        ? { group, stopped }
        : {
            group,
            stopped,
            missing: `${group} holds no stop of it${isWhole ? '' : ', as far as was searched'}`,
          };
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
      return { group, stopped: [], missing: `event capture is not turned on for cluster ${target.cluster}` };
    }
  },
});

function patternFor(target: {
  service?: string | undefined;
  family?: string | undefined;
  task?: string | undefined;
}): string {
  const stopped = '$.detail.lastStatus = "STOPPED"';
  if (target.task !== undefined) return `{ ${stopped} && $.detail.taskArn = ${quoted(`*/${target.task}`)} }`;
  const group = target.service === undefined ? `family:${target.family}` : `service:${target.service}`;
  return `{ ${stopped} && $.detail.group = ${quoted(group)} }`;
}

/** A string of a filter pattern: a quote within would end it, and what follows would be read as pattern. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function taskOf(message: string | undefined): Task[] {
  let event: unknown;
  try {
    event = JSON.parse(message ?? '');
  } catch {
    return [];
  }
  const parsed = stateChangeSchema.safeParse(event);
  // Everything else in the detail has the names and types of the API's Task.
  return parsed.success ? [parsed.data.detail as unknown as Task] : [];
}

/** One task sends several STOPPED events; the last holds the most. Newest stop first. */
function newestOfEach(tasks: readonly Task[]): Task[] {
  const last = new Map(tasks.map((task) => [task.taskArn, task]));
  return [...last.values()].sort((a, b) => (b.stoppedAt?.getTime() ?? 0) - (a.stoppedAt?.getTime() ?? 0));
}
