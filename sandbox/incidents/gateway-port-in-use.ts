import { crashLoop } from './build/crash-loop.ts';
import { ecrImage } from './build/names.ts';
import { release } from './build/release.ts';
import { exited } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** Containers of one awsvpc task share one network: only one of them can have port 8080. */
export const gatewayPortInUse: Incident = {
  name: 'gateway-port-in-use',
  title: 'the exporter beside gateway now takes port 8080, and the app can no longer bind it',
  environment: 'staging',
  ask: 'why-stopped gateway staging',
  expected: { state: 'problem', cause: 'app-port-in-use', status: 'likely' },
  world(now, place) {
    const ago = before(now);
    const revision = (number: number, exporter: string, minutes: number) =>
      taskDefinition(place, {
        family: 'gateway',
        revision: number,
        registeredAt: ago(minutes),
        containers: [
          { name: 'app', image: ecrImage(place, 'gateway', '12.1.0'), memory: 1024, port: 8080 },
          { name: 'exporter', image: ecrImage(place, 'exporter', exporter), memory: 128, essential: false },
        ],
      });
    return crashLoop(place, now, {
      live: release(place, revision(140, '1.4.0', 29), { startedAt: ago(28) }),
      previous: release(place, revision(139, '1.3.7', days(4)), {
        startedAt: ago(days(4)),
        finishedAt: ago(days(4) - 3),
      }),
      starts: [27.6, 24.2, 20.1, 15.3, 8.4, 0.3],
      end: (task) =>
        exited(task, after(task.startedAt ?? now, 3.1), {
          app: { exitCode: 1 },
          exporter: { exitCode: 143 },
        }),
      says: {
        exporter: [[0.4, 'exporter 1.4.0 serving /metrics on :8080']],
        app: [
          [1.2, 'gateway 12.1.0 starting'],
          [1.9, 'Error: listen EADDRINUSE: address already in use :::8080'],
          [1.9, '    at Server.setupListenHandle [as _listen2] (node:net:1937:16)'],
          [1.9, "  code: 'EADDRINUSE', errno: -98, syscall: 'listen', address: '::', port: 8080"],
        ],
      },
      last: 'pending',
      createdAt: ago(days(610)),
    });
  },
};
