import { logGroup, logOf } from '../build/log.ts';
import { ecrImage } from '../build/names.ts';
import { exited } from '../build/stop.ts';
import { runningTask } from '../build/task.ts';
import { taskDefinition } from '../build/task-definition.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A job with a container that ends it when its hour is up. The job was not done. */
export const stressWatchdog: Incident = {
  name: 'stress-watchdog',
  title: 'the job stress-test is ended by its own timer before it is done',
  environment: 'staging',
  ask: 'why-stopped stress-test staging',
  expected: { state: 'problem', cause: 'watchdog-exit', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const definition = taskDefinition(place, {
      family: 'stress-test',
      revision: 4,
      registeredAt: ago(days(8)),
      containers: [
        { name: 'stress-test', image: ecrImage(place, 'stress-test', '0.5.0'), memory: 1536 },
        { name: 'stress-test-timeout', image: ecrImage(place, 'timeout', '1.0.0'), memory: 64 },
      ],
    });
    const task = runningTask(place, {
      definition,
      group: 'family:stress-test',
      startedBy: 'github-actions',
      number: 0,
      createdAt: ago(72),
    });
    const run = exited(task, after(task.startedAt ?? now, 3600), {
      'stress-test': { exitCode: 143 },
      'stress-test-timeout': { exitCode: 1 },
    });
    return {
      tasks: [run],
      taskDefinitions: [definition],
      logGroups: [
        logGroup('stress-test', [
          logOf(run, 'stress-test', [
            [1.2, 'stress-test 0.5.0: 400 scenarios'],
            [-4, 'scenario 371 of 400'],
          ]),
          logOf(run, 'stress-test-timeout', [[-0.4, 'time is up after 3600 s']]),
        ]),
      ],
    };
  },
};
