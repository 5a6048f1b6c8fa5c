import { balancerOf } from './build/balancer.ts';
import { logGroup, logOf } from './build/log.ts';
import { mergeWorlds } from './build/merge.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { exited, scaledIn } from './build/stop.ts';
import { pendingTask } from './build/task.ts';
import { type ContainerStory, taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident, Place } from './incident.ts';

function apiContainer(place: Place, memory: number): ContainerStory {
  return {
    name: 'app',
    image: ecrImage(place, 'api', '4.18.2'),
    memory,
    port: 8080,
    environment: { NODE_ENV: 'production', PRICE_INDEX_URL: 's3://prod-price-index/current' },
  };
}

/** Half the memory, the same image: the price index no longer fits, and the kernel kills each task while it loads. */
export const apiOutOfMemory: Incident = {
  name: 'api-out-of-memory',
  title: 'api:42 halved the memory of app, and every task is killed while it loads its price index',
  environment: 'prod',
  ask: 'why-stopped api prod',
  expected: {
    state: 'problem',
    cause: 'memory-lowered',
    status: 'confirmed',
    chain: ['crash-loop-after-running', 'oom-container', 'memory-lowered'],
  },
  world(now, place) {
    const ago = before(now);
    const api41 = taskDefinition(place, {
      family: 'api',
      revision: 41,
      registeredAt: ago(days(9), 130),
      containers: [apiContainer(place, 1024)],
    });
    const api42 = taskDefinition(place, {
      family: 'api',
      revision: 42,
      registeredAt: ago(41),
      containers: [apiContainer(place, 512)],
    });
    const good = release(place, api41, { startedAt: ago(days(9)), finishedAt: ago(days(9) - 6) });
    // The second try got as far as answering health checks, which sets the count of failures back to 0.
    const bad = release(place, api42, { startedAt: ago(39), failedTasks: 4 });

    const left = launched(good, 0, after(good.startedAt, 2));
    const replaced = scaledIn(launched(good, 1, after(good.startedAt, 2)), after(bad.startedAt, 3), bad.id);
    const killed = [38.2, 32.4, 26.1, 19.7, 14.3, 8.1].map((minutes, index) => {
      const task = launched(bad, 10 + index, ago(minutes));
      const reason = 'OutOfMemoryError: container killed due to memory usage';
      return exited(task, after(task.createdAt ?? now, 284 + index), { app: { exitCode: 137, reason } });
    });
    const next = pendingTask(launched(bad, 16, ago(0, 25)));

    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 2,
        createdAt: ago(days(402)),
        releases: [good, bad],
        tasks: [left, replaced, ...killed, next],
        balancer: balancerOf(place, 'api'),
        percent: { minimum: 50, maximum: 100 },
        gracePeriod: 300,
      }),
      {
        logGroups: [
          logGroup('api', [
            logOf(left, 'app', [
              [1, 'api 4.18.2 starting, node v24.11.0'],
              [212, 'price index ready, 1840000 entries, heap 702 MB'],
              [212.3, 'listening on :8080'],
            ]),
            ...killed.map((task, index) =>
              logOf(task, 'app', [
                [1, 'api 4.18.2 starting, node v24.11.0'],
                [2, 'loading price index from s3://prod-price-index/current'],
                [38, 'price index: 200000 entries, heap 121 MB'],
                [74, 'price index: 400000 entries, heap 187 MB'],
                [111, 'price index: 600000 entries, heap 255 MB'],
                [147, 'price index: 800000 entries, heap 322 MB'],
                [184, 'price index: 1000000 entries, heap 391 MB'],
                ...(index === 1 ? ([[188, 'listening on :8080 with a partial index']] as const) : []),
                [221, 'price index: 1200000 entries, heap 458 MB'],
              ]),
            ),
          ]),
        ],
      },
    ]);
  },
};
