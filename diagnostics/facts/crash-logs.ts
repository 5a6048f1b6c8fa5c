import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';
import type { LogTail } from '../report.ts';
import { exitCode, groupStops, readStop, type StopGroup } from '../stops.ts';
import { logLocation, taskId } from './log-location.ts';
import { readTail } from './read-log.ts';
import { service } from './service.ts';
import { deployedTaskDefinitions, type TaskDefinitions, taskDefinitions } from './task-definitions.ts';
import { tasks } from './tasks.ts';

/** A log call each; the groups beyond are one click away. */
const groupsAtMost = 3;

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
