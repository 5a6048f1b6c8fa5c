import { logGroup, logOf } from './build/log.ts';
import { ecrImage } from './build/names.ts';
import { exited } from './build/stop.ts';
import { runningTask } from './build/task.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** A job, not a service: started by a rule, tried once more, gone. */
export const nightlyImportFailed: Incident = {
  name: 'nightly-import-failed',
  title: 'the job nightly-import cannot reach its database',
  environment: 'prod',
  ask: 'why-stopped nightly-import prod',
  expected: { state: 'problem', cause: 'app-dependency-unreachable', status: 'likely' },
  world(now, place) {
    const ago = before(now);
    const definition = taskDefinition(place, {
      family: 'nightly-import',
      revision: 31,
      registeredAt: ago(days(40)),
      containers: [
        {
          name: 'import',
          image: ecrImage(place, 'nightly-import', '1.3.2'),
          memory: 2048,
          environment: { DATABASE_HOST: 'warehouse.prod.internal' },
        },
      ],
    });
    const runs = [47, 12].map((minutes, number) => {
      const task = runningTask(place, {
        definition,
        group: 'family:nightly-import',
        startedBy: 'events-rule/nightly-import',
        number,
        createdAt: ago(minutes),
      });
      return exited(task, after(task.startedAt ?? now, 33.9), { import: { exitCode: 1 } });
    });
    return {
      tasks: runs,
      taskDefinitions: [definition],
      logGroups: [
        logGroup(
          'nightly-import',
          runs.map((task) =>
            logOf(task, 'import', [
              [0.9, 'nightly-import 1.3.2: importing 2026 orders into the warehouse'],
              [1.2, 'connecting to warehouse.prod.internal:5432'],
              [31.2, 'Error: connect ETIMEDOUT 10.20.42.17:5432'],
              [31.2, '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1645:16)'],
              [31.3, 'import failed'],
            ]),
          ),
        ),
      ],
    };
  },
};
