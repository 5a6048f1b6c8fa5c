import { logGroup, logOf } from './build/log.ts';
import { mergeWorlds } from './build/merge.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { scaledIn } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** A shell as PID 1 passes no signal on. Every deployment kills the old workers in the middle of their jobs. */
export const workerSigkill: Incident = {
  name: 'worker-sigkill',
  title: 'worker ignores SIGTERM, so every deployment kills it after 30 seconds with its jobs unfinished',
  environment: 'prod',
  ask: 'why-stopped worker prod',
  expected: { state: 'problem', cause: 'sigkill-stop-timeout', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const revision = (number: number, tag: string, minutes: number) =>
      taskDefinition(place, {
        family: 'worker',
        revision: number,
        registeredAt: ago(minutes),
        containers: [
          {
            name: 'worker',
            image: ecrImage(place, 'worker', tag),
            memory: 1024,
            command: ['sh', '-c', 'node worker.js'],
            environment: { QUEUE: 'prod-jobs' },
          },
        ],
      });
    const old = release(place, revision(11, '7.0.3', days(6)), {
      startedAt: ago(days(6)),
      finishedAt: ago(days(6) - 3),
    });
    const live = release(place, revision(12, '7.0.4', 27), { startedAt: ago(26), finishedAt: ago(22) });

    const working = [10, 11, 12, 13].map((number) => launched(live, number, after(live.startedAt, 3)));
    const killed = [0, 1, 2, 3].map((number) => {
      const task = launched(old, number, after(old.startedAt, 2));
      return scaledIn(task, ago(24, number % 2), live.id, {
        seconds: 33.4 + number * 2.6,
        ends: { worker: { exitCode: 137 } },
      });
    });
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 4,
        createdAt: ago(days(911)),
        releases: [old, live],
        tasks: [...working, ...killed],
        breaker: { enable: true, rollback: true },
      }),
      {
        logGroups: [
          logGroup('worker', [
            ...working.map((task, index) =>
              logOf(task, 'worker', [
                [0.8, 'worker 7.0.4 polling prod-jobs'],
                [61 + index, `job 91${index}22 started`],
                [140 + index, `job 91${index}22 done`],
              ]),
            ),
            ...killed.map((task, index) =>
              logOf(task, 'worker', [
                [0.8, 'worker 7.0.3 polling prod-jobs'],
                [-96 - index, `job 91${index}04 done`],
                [-88 - index, `job 91${index}17 started`],
                [-29 - index, `job 91${index}17: 41 of 180 pages rendered`],
                [-4 - index / 2, `job 91${index}17: 63 of 180 pages rendered`],
              ]),
            ),
          ]),
        ],
      },
    ]);
  },
};
