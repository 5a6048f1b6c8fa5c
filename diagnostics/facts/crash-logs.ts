import type { OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Aws } from '#src/aws/aws.ts';
import { defineFact, type FactContext } from '../fact.ts';
import { redactAll } from '../redact.ts';
import type { LogTail } from '../report.ts';
import { exitCode, groupStops, readStop, type StopGroup, stopTime } from '../stops.ts';
import { logLocation, taskId } from './log-location.ts';
import { service } from './service.ts';
import { deployedTaskDefinitions, type TaskDefinitions, taskDefinitions } from './task-definitions.ts';
import { tasks } from './tasks.ts';

/** A log call each; the groups beyond are one click away. */
const groupsAtMost = 3;
const linesAtMost = 100;
/** CloudWatch takes lines in a little after the process wrote them. */
const ingestionMargin = 10_000;

/**
 * The last lines of the container that ended first, for the newest task of each failing group.
 *
 * It starts before every revision has been read: a revision of the same family seldom changes where it logs, and
 * waiting would cost one more round trip. Where the guess was wrong, the right stream is read afterwards.
 */
export const crashLogs = defineFact<LogTail[]>({
  id: 'crash-logs',
  what: 'the log of the container that ended first',
  actions: ['logs:GetLogEvents'],
  async load(context) {
    const [{ stopped }, described, deployed] = await Promise.all([
      context.read(tasks),
      context.settle(service),
      context.settle(deployedTaskDefinitions),
    ]);
    const of = described.ok ? described.value : undefined;
    const known = deployed.ok ? deployed.value : {};
    const guesses = new Map<string, Promise<LogTail>>();
    for (const { task, container } of crashes(stopped, known, of)) {
      const definition = known[task.taskDefinitionArn ?? ''] ?? sameFamily(task, known);
      if (!definition) continue;
      const guess = readTail(context, task, definition, container);
      // It may fail before anybody waits for it, and Node ends a process whose rejection nobody handles.
      guess.catch(() => {});
      guesses.set(placeKey(task, definition, container), guess);
    }
    const all = await context.settle(taskDefinitions);
    const definitions = all.ok ? all.value : known;
    return Promise.all(
      crashes(stopped, definitions, of).map(({ task, container }) => {
        const definition = definitions[task.taskDefinitionArn ?? ''] ?? sameFamily(task, definitions);
        if (!definition) return withoutDefinition(task, container);
        return (
          guesses.get(placeKey(task, definition, container)) ?? readTail(context, task, definition, container)
        );
      }),
    );
  },
});

interface Crash {
  task: Task;
  container: string;
}

/** The newest task of each failing group with the container to read, in the order of the groups. */
function crashes(
  stopped: readonly Task[],
  definitions: TaskDefinitions,
  described: Service | undefined,
): Crash[] {
  const stops = stopped.map((task) => readStop(task, definitions, { service: described }));
  return groupStops(stops)
    .filter(({ cause }) => cause.severity !== 'info')
    .flatMap(crashOf)
    .slice(0, groupsAtMost);
}

function crashOf({ cause, stops: [{ task }] }: StopGroup): Crash[] {
  // A container that never ran has written nothing. One that others wait for ends before its task has started.
  const ran = task.startedAt !== undefined || exitCode(task, cause.culprit) !== undefined;
  return cause.culprit === undefined || !ran ? [] : [{ task, container: cause.culprit }];
}

function sameFamily(task: Task, definitions: TaskDefinitions): TaskDefinition | undefined {
  const family = task.taskDefinitionArn?.replace(/:\d+$/, '');
  return Object.entries(definitions).find(([arn]) => arn.replace(/:\d+$/, '') === family)?.[1];
}

function placeKey(task: Task, definition: TaskDefinition, container: string): string {
  return JSON.stringify([taskId(task), container, logLocation(task, definition, container)]);
}

function withoutDefinition(task: Task, container: string): LogTail {
  const missing = 'the task definition could not be read, and only it says where the log is';
  return { container, task: taskId(task), lines: [], missing };
}

/** The last lines that one container wrote before its task stopped, or why there are none. */
export async function readTail(
  { awsIn, scope }: FactContext,
  task: Task,
  definition: TaskDefinition,
  container: string,
): Promise<LogTail> {
  const stoppedAt = stopTime(task);
  const tail: LogTail = { container, task: taskId(task), lines: [] };
  const location = logLocation(task, definition, container);
  if (location.kind === 'elsewhere') return { ...tail, missing: location.text };
  const { group, stream, region } = location;
  const found = {
    ...tail,
    group,
    stream,
    region,
    until: stoppedAt ? new Date(stoppedAt).toISOString() : undefined,
  };
  try {
    const events = await lastEvents(awsIn(region), {
      logGroupName: group,
      logStreamName: stream,
      startTime: scope.since?.getTime(),
      endTime: stoppedAt ? stoppedAt + ingestionMargin : undefined,
    });
    const messages = await redactAll(events.map((event) => event.message ?? ''));
    const lines = events.map((event, index) => ({
      at: event.timestamp === undefined ? undefined : new Date(event.timestamp).toISOString(),
      message: messages[index] ?? '',
    }));
    return lines.length > 0
      ? { ...found, lines }
      : {
          ...found,
          lines,
          missing: `the stream exists and holds no line${scope.since ? ' since then' : ''}`,
        };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    const what = /group/i.test(error.message)
      ? `the log group ${group} does not exist`
      : `there is no stream ${stream}: either the process wrote nothing, or the stream could not be created, or it is no longer kept`;
    return { ...found, missing: what };
  }
}

/** Empty pages read before a stream counts as empty. */
const pagesAtMost = 5;

/** GetLogEvents may answer with an empty page before it has come to the events; the same token again is the end. */
async function lastEvents(
  { logs }: Aws,
  where: { logGroupName: string; logStreamName: string; startTime?: number; endTime?: number },
): Promise<OutputLogEvent[]> {
  let nextToken: string | undefined;
  for (let pages = 0; pages < pagesAtMost; pages += 1) {
    const answer = await logs.getLogEvents({ ...where, startFromHead: false, limit: linesAtMost, nextToken });
    if (answer.events?.length || answer.nextBackwardToken === nextToken) return answer.events ?? [];
    nextToken = answer.nextBackwardToken;
  }
  return [];
}
