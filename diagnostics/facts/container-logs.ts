import type { Task } from '@aws-sdk/client-ecs';
import { failureOf } from '#src/aws/failure.ts';
import { defineFact, type FactContext } from '../fact.ts';
import type { LogTail } from '../report.ts';
import { logGroup } from './access/log-group.ts';
import { absenceOf } from './log-absence.ts';
import { taskId } from './log-location.ts';
import { type LogTasks, logTasks } from './log-tasks.ts';
import { readLog, type Wanted } from './read-log.ts';

/** The logs of every container of the tasks that matter, all at once: a call each. */
export const containerLogs = defineFact<LogTail[]>({
  id: 'container-logs',
  what: 'the logs',
  actions: ['logs:GetLogEvents', 'logs:FilterLogEvents', ...logGroup.actions],
  async load(context) {
    const chosen = await context.read(logTasks);
    const all = wantedOf(context, chosen);
    const settled = await Promise.allSettled(
      all.map((wanted) => readLog(context, wanted, absenceOf(context, wanted.task, chosen))),
    );
    const failed = settled.find(({ status }) => status === 'rejected');
    const read = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    // One container whose group may not be read costs the others nothing; where none can be, that is the answer.
    if (failed?.status === 'rejected' && !read.some(({ lines }) => lines.length > 0)) throw failed.reason;
    return settled.flatMap((one, index) => {
      const wanted = all[index];
      if (one.status === 'fulfilled') return [one.value];
      return wanted ? [unreadTail(wanted, one.reason)] : [];
    });
  },
});

/** That a log could not be read is not that there is none. */
function unreadTail({ task, container }: Wanted, error: unknown): LogTail {
  const { reason, action, message } = failureOf(error);
  const isDenied = reason === 'AccessDenied';
  return {
    container,
    task: taskId(task),
    lines: [],
    missing: isDenied
      ? `it may not be read${action ? `: ${action} is missing` : ''}`
      : 'it could not be read',
    why: isDenied ? 'denied' : 'unclear',
    unread: [
      {
        check: `the log of ${container}`,
        ...(action !== undefined && { missing: action }),
        reason,
        ...(!isDenied && { detail: message }),
      },
    ],
  };
}

function wantedOf({ scope }: FactContext, { tasks, definitions }: LogTasks): Wanted[] {
  if (!scope.page) {
    const head = scope.head === true && { after: { at: scope.since?.getTime() ?? 0, skip: 0 } };
    return tasks.flatMap((task) =>
      containersOf(task, definitions)
        .filter((name) => scope.container === undefined || name === scope.container)
        .map((container) => ({
          task,
          definition: definitions[task.taskDefinitionArn ?? ''] ?? {},
          container,
          ...head,
        })),
    );
  }
  const { direction, places } = scope.page;
  return places.flatMap(({ task: id, container, stream, at, skip }) => {
    const task = tasks.find((one) => taskId(one) === id);
    const definition = definitions[task?.taskDefinitionArn ?? ''];
    if (!task || !definition) return [];
    const cursor = { at, skip };
    return [
      {
        task,
        definition,
        container,
        ...(stream !== undefined && { stream }),
        ...(direction === 'older' ? { before: cursor } : { after: cursor }),
      },
    ];
  });
}

/** The names of a task's containers, as its definition has them. */
export function containersOf(task: Task, definitions: LogTasks['definitions']): string[] {
  const defined = definitions[task.taskDefinitionArn ?? '']?.containerDefinitions ?? [];
  return defined.flatMap(({ name }) => name ?? []);
}
