import { logGroup, logOf } from './build/log.ts';
import { ecrImage } from './build/names.ts';
import { exited } from './build/stop.ts';
import { runningTask } from './build/task.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** A job that did its work: its essential container exited, as it should. */
export const nightlyReportCompleted: Incident = {
  name: 'nightly-report-completed',
  title: 'the job nightly-report finished',
  environment: 'staging',
  ask: 'why-stopped nightly-report staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const definition = taskDefinition(place, {
      family: 'nightly-report',
      revision: 12,
      registeredAt: ago(days(70)),
      containers: [{ name: 'report', image: ecrImage(place, 'nightly-report', '2.0.0'), memory: 2048 }],
    });
    const started = runningTask(place, {
      definition,
      group: 'family:nightly-report',
      startedBy: 'events-rule/nightly-report',
      number: 0,
      createdAt: ago(31),
    });
    const done = exited(started, after(started.startedAt ?? now, 322), { report: { exitCode: 0 } });
    return {
      tasks: [done],
      taskDefinitions: [definition],
      logGroups: [
        logGroup('nightly-report', [
          logOf(done, 'report', [
            [1.1, 'nightly-report 2.0.0'],
            [-0.6, 'wrote 14 reports in 320 s, 0 errors'],
          ]),
        ]),
      ],
    };
  },
};
