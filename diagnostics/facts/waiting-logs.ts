import { defineFact } from '../fact.ts';
import { type Block, blocksOf } from '../pending/dependencies.ts';
import { stationOf } from '../pending/phases.ts';
import type { LogTail } from '../report.ts';
import { readTail } from './read-log.ts';
import { taskDefinitions } from './task-definitions.ts';
import { tasks } from './tasks.ts';

/** Tasks whose logs are read; those beyond stand alike as good as always. */
const tasksAtMost = 3;

/**
 * The last lines of the containers that others of a pending task wait for: they show whether those work or hang.
 * Of the tasks that have waited longest, a call for each such container.
 */
export const waitingLogs = defineFact<LogTail[]>({
  id: 'waiting-logs',
  what: 'the log of the container that others wait for',
  actions: ['logs:GetLogEvents'],
  async load(context) {
    const [{ running }, definitions] = await Promise.all([
      context.read(tasks),
      context.read(taskDefinitions),
    ]);
    const waited = running
      .flatMap((task) => {
        const station = stationOf(task);
        const definition = definitions[task.taskDefinitionArn ?? ''];
        if (station?.phase !== 'create' || !definition) return [];
        const blocks = blocksOf(task, definition).filter(({ reason }) => hasRun.has(reason));
        return blocks.length === 0
          ? []
          : [{ task, definition, blocks, since: station.since?.getTime() ?? 0 }];
      })
      .sort((a, b) => a.since - b.since)
      .slice(0, tasksAtMost);
    return Promise.all(
      waited.flatMap(({ task, definition, blocks }) =>
        blocks.map(({ container }) => readTail(context, task, definition, container)),
      ),
    );
  },
});

/** Of a container that has not started nothing is written. */
const hasRun = new Set<Block['reason']>([
  'no-health-check',
  'unhealthy',
  'not-healthy-yet',
  'still-running',
  'failed',
]);
