import { crashLoop } from './build/crash-loop.ts';
import { ecrImage } from './build/names.ts';
import { release } from './build/release.ts';
import { exited } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

export const imagingSegfault: Incident = {
  name: 'imaging-segfault',
  title: 'imaging touches memory that is not its own and ends with 139',
  environment: 'staging',
  ask: 'why-stopped imaging staging',
  expected: { state: 'problem', cause: 'app-segfault', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const definition = taskDefinition(place, {
      family: 'imaging',
      revision: 27,
      registeredAt: ago(days(1), 40),
      containers: [{ name: 'app', image: ecrImage(place, 'imaging', '0.44.0'), memory: 2048 }],
    });
    return crashLoop(place, now, {
      live: release(place, definition, { startedAt: ago(days(1)), finishedAt: ago(days(1) - 3) }),
      starts: [44, 32.2, 20.4, 8.6],
      end: (task) => exited(task, after(task.createdAt ?? now, 655), { app: { exitCode: 139 } }),
      says: {
        app: [
          [0.8, 'imaging 0.44.0, libvips 8.17.3, 2 threads'],
          [-31, 'resize 4096x4096 → 1024x1024 in 180 ms'],
          [-0.4, 'decode avif 7680x4320'],
        ],
      },
      last: 'running',
      createdAt: ago(days(160)),
    });
  },
};
