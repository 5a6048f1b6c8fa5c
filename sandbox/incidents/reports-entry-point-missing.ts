import { eventsOf } from './build/events.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { neverStarted } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

const refused =
  'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "./start.sh": stat ./start.sh: no such file or directory: unknown';

/** The image was built without the script that the task definition runs. */
export const reportsEntryPointMissing: Incident = {
  name: 'reports-entry-point-missing',
  title: 'reports:6 runs ./start.sh, which its image does not have',
  environment: 'staging',
  ask: 'why-stopped reports staging',
  expected: {
    state: 'problem',
    cause: 'command-changed',
    status: 'confirmed',
    chain: ['service-start-impaired', 'entrypoint-not-found', 'command-changed'],
  },
  world(now, place) {
    const ago = before(now);
    const revision = (number: number, minutes: number, command: string[]) =>
      taskDefinition(place, {
        family: 'reports',
        revision: number,
        registeredAt: ago(minutes),
        containers: [{ name: 'app', image: ecrImage(place, 'reports', '1.7.0'), memory: 1024, command }],
      });
    const good = release(place, revision(5, days(30), ['node', 'server.js']), {
      startedAt: ago(days(30)),
      finishedAt: ago(days(30) - 3),
    });
    const bad = release(place, revision(6, 24, ['./start.sh']), { startedAt: ago(23), failedTasks: 4 });
    const serving = launched(good, 0, after(good.startedAt, 2));
    const failed = [22, 18, 12, 4].map((minutes, index) => {
      const task = launched(bad, 10 + index, ago(minutes));
      return neverStarted(task, {
        at: task.startedAt ?? now,
        during: 'start',
        stoppedReason: 'Task failed to start',
        container: { name: 'app', reason: refused },
      });
    });
    return serviceWorld(place, now, {
      desired: 1,
      createdAt: ago(days(150)),
      releases: [good, bad],
      tasks: [serving, ...failed],
      events: [eventsOf('reports').impaired(ago(11))],
    });
  },
};
