import { defineFact } from '../fact.ts';
import { blocksOf } from '../pending/dependencies.ts';
import { stationOf } from '../pending/phases.ts';
import type { LogTail } from '../report.ts';
import { readTail } from './crash-logs.ts';
import { taskDefinitions } from './task-definitions.ts';
import { tasks } from './tasks.ts';

/** The last lines of the container that the others of a pending task wait for: they show whether it works or hangs. */
export const waitingLogs = defineFact<LogTail[]>({
  id: 'waiting-logs',
  what: 'the log of the container that others wait for',
  actions: ['logs:GetLogEvents'],
  async load(context) {
    const [{ running }, definitions] = await Promise.all([
      context.read(tasks),
      context.read(taskDefinitions),
    ]);
    const waiting = running.filter((task) => stationOf(task)?.phase === 'create');
    for (const task of waiting) {
      const definition = definitions[task.taskDefinitionArn ?? ''];
      const block = definition && blocksOf(task, definition).find(({ reason }) => reason !== 'not-started');
      if (definition && block) return [await readTail(context, task, definition, block.container)];
    }
    return [];
  },
});
