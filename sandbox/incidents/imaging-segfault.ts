import { crashLoop } from './build/crash-loop.ts';
import { ecrImage } from './build/names.ts';
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
    const definition = taskDefinition(place, {
      family: 'imaging',
      revision: 27,
      registeredAt: before(now)(days(1), 40),
      containers: [{ name: 'app', image: ecrImage(place, 'imaging', '0.44.0'), memory: 2048 }],
    });
    return crashLoop(place, now, {
      definition,
      deployed: days(1),
      starts: [49, 33, 15],
      end: (task) => exited(task, after(task.createdAt ?? now, 655), { app: { exitCode: 139 } }),
      says: {
        app: [
          [0.8, 'imaging 0.44.0, libvips 8.17.3, 2 threads'],
          [-31, 'resize 4096x4096 → 1024x1024 in 180 ms'],
          [-0.4, 'decode avif 7680x4320'],
        ],
      },
      next: 'running',
    });
  },
};
