import { crashLoop } from './build/crash-loop.ts';
import { ecrImage } from './build/names.ts';
import { release } from './build/release.ts';
import { exited } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** The kernel kills a worker process; its parent gives up and ends with 0, which looks like a clean end. */
export const mailerChildOom: Incident = {
  name: 'mailer-child-oom',
  title: 'a worker process of mailer is killed for its memory, and the parent ends with 0',
  environment: 'staging',
  ask: 'why-stopped mailer staging',
  expected: { state: 'problem', cause: 'oom-child-process', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const definition = taskDefinition(place, {
      family: 'mailer',
      revision: 9,
      registeredAt: ago(days(11), 40),
      cpu: '256',
      memory: '512',
      containers: [{ name: 'mailer', image: ecrImage(place, 'mailer', '3.3.0'), memory: 512 }],
    });
    const reason = 'OutOfMemoryError: container killed due to memory usage';
    return crashLoop(place, now, {
      live: release(place, definition, { startedAt: ago(days(11)), finishedAt: ago(days(11) - 3) }),
      starts: [53, 38.5, 24, 9.6],
      end: (task) => exited(task, after(task.createdAt ?? now, 815), { mailer: { exitCode: 0, reason } }),
      says: {
        mailer: [
          [1.1, 'mailer 3.3.0: master 1 forked worker 17'],
          [412, 'worker 17: rendering newsletter 2026-48, 31000 recipients'],
          [-0.9, 'master 1: worker 17 gone (signal 9), no worker left, leaving'],
        ],
      },
      last: 'running',
      createdAt: ago(days(160)),
    });
  },
};
