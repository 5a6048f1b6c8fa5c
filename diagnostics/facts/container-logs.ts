import type { Task } from '@aws-sdk/client-ecs';
import { defineFact, type FactContext } from '../fact.ts';
import { redactAll } from '../redact.ts';
import type { LogTail } from '../report.ts';
import { readStop } from '../stops.ts';
import { readTail } from './crash-logs.ts';
import { logLocation, taskId } from './log-location.ts';
import { searchLog } from './search-log.ts';
import { type TaskDefinitions, taskDefinitions } from './task-definitions.ts';
import { tasks } from './tasks.ts';

/** Tasks read at once where nothing has failed: enough to see whether they say the same. */
const runningAtMost = 2;
const linesAtMost = 100;

/**
 * The logs of every container of the task that matters most: the one asked for, else the newest that failed,
 * else the newest that stopped, else the newest running ones.
 */
export const containerLogs = defineFact<LogTail[]>({
  id: 'container-logs',
  what: 'the logs',
  actions: ['logs:GetLogEvents', 'logs:FilterLogEvents'],
  async load(context) {
    const [known, definitions] = await Promise.all([context.read(tasks), context.read(taskDefinitions)]);
    const failed = known.stopped.find(
      (task) => readStop(task, definitions).explanations[0].severity !== 'info',
    );
    const chosen = failed
      ? [failed]
      : known.running.length > 0
        ? newest(known.running)
        : [...known.stopped, ...forgotten(known.forgotten, definitions)].slice(0, 1);
    const wanted = chosen.flatMap((task) => {
      const definition = definitions[task.taskDefinitionArn ?? ''];
      const containers = definition?.containerDefinitions ?? [];
      return containers
        .filter(({ name }) => context.scope.container === undefined || name === context.scope.container)
        .map(({ name }) => ({ task, definition, container: name ?? '' }));
    });
    return Promise.all(
      wanted.map(({ task, definition, container }) =>
        context.scope.filter === undefined
          ? readTail(context, task, definition ?? {}, container)
          : search(context, task, definition ?? {}, container, context.scope.filter),
      ),
    );
  },
});

/** A stream is named after the task, so it can be read though ECS no longer knows which revision the task was of. */
function forgotten(ids: readonly string[], definitions: TaskDefinitions): Task[] {
  const [taskDefinitionArn] = Object.keys(definitions);
  return ids.map((taskArn) => ({ taskArn, taskDefinitionArn }));
}

function newest(running: readonly Task[]): Task[] {
  return [...running]
    .sort((a, b) => (b.startedAt?.getTime() ?? 0) - (a.startedAt?.getTime() ?? 0))
    .slice(0, runningAtMost);
}

/** Lines of one stream that hold a text. */
async function search(
  { awsIn, scope }: FactContext,
  task: Task,
  definition: Parameters<typeof logLocation>[1],
  container: string,
  filter: string,
): Promise<LogTail> {
  const tail: LogTail = { container, task: taskId(task), lines: [] };
  const location = logLocation(task, definition, container);
  if (location.kind === 'elsewhere') return { ...tail, missing: location.text };
  const { group, stream, region } = location;
  try {
    const { events, isWhole } = await searchLog(awsIn(region), linesAtMost, {
      logGroupName: group,
      logStreamNames: [stream],
      // Quoted, so that CloudWatch reads no pattern language into what somebody typed.
      filterPattern: `"${filter.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`,
      startTime: scope.since?.getTime(),
    });
    const messages = await redactAll(events.map(({ message }) => message ?? ''));
    const lines = events.map(({ timestamp }, index) => ({
      at: timestamp === undefined ? undefined : new Date(timestamp).toISOString(),
      message: messages[index] ?? '',
    }));
    const found = { ...tail, group, stream, region, lines, ...(!isWhole && { truncated: true }) };
    if (lines.length > 0) return found;
    const missing = `no line holds “${filter}”${isWhole ? '' : ', as far as was searched; --since narrows the search'}`;
    return { ...found, missing };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    return { ...tail, group, stream, region, missing: `there is no stream ${stream}` };
  }
}
