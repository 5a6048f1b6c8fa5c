import type { Service } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';
import type { LogTail } from '../report.ts';
import { readTail } from './read-log.ts';
import { service } from './service.ts';
import { deployedTaskDefinitions } from './task-definitions.ts';
import { tasks } from './tasks.ts';

/** Containers read for a forgotten task: the essential ones, of which only few tasks have more. */
const containersAtMost = 3;

/**
 * Log lines that outlive their task: streams are named after the task id, so an id from the service events is
 * enough to read the last words of a task that ECS has forgotten.
 */
export const leftoverLogs = defineFact<LogTail[]>({
  id: 'leftover-logs',
  what: 'the log of a task that ECS has forgotten',
  actions: ['logs:GetLogEvents'],
  async load(context) {
    const { target } = context;
    const described = await context.read(service);
    const definitions = Object.values(await context.read(deployedTaskDefinitions));
    const { running, stopping } = await context.read(tasks);
    const alive = new Set([...running, ...stopping].map((task) => task.taskArn?.split('/').at(-1)));
    const id = target.task ?? idsInEvents(described).find((found) => !alive.has(found));
    const definition = definitions[0];
    if (id === undefined || !definition) return [];
    const essential =
      definition.containerDefinitions?.filter((container) => container.essential !== false) ?? [];
    return Promise.all(
      essential
        .slice(0, containersAtMost)
        .map(({ name }) => readTail(context, { taskArn: id }, definition, name ?? '')),
    );
  },
});

/** Task ids that the service's events name, newest first. */
function idsInEvents(described: Service | undefined): string[] {
  const ids = (described?.events ?? []).flatMap(({ message }) =>
    [...(message ?? '').matchAll(/\(task ([0-9a-f]{32}|[0-9a-f-]{36})\)/g)].map((match) => match[1] ?? ''),
  );
  return [...new Set(ids)];
}
