import { balancerOf } from './build/balancer.ts';
import { logGroup, logOf } from './build/log.ts';
import { mergeWorlds } from './build/merge.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { exited } from './build/stop.ts';
import { pendingTask } from './build/task.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** The new image needs a setting that neither revision gives it. Only the log says so. */
export const checkoutMissingSetting: Incident = {
  name: 'checkout-missing-setting',
  title: 'checkout:17 exits at once, because its new image needs TAX_ENDPOINT and nobody set it',
  environment: 'prod',
  ask: 'why-stopped checkout prod',
  expected: {
    state: 'problem',
    cause: 'image-changed',
    status: 'likely',
    chain: ['app-config-missing', 'image-changed'],
  },
  world(now, place) {
    const ago = before(now);
    const revision = (number: number, tag: string, minutes: number) =>
      taskDefinition(place, {
        family: 'checkout',
        revision: number,
        registeredAt: ago(minutes, 80),
        containers: [
          {
            name: 'app',
            image: ecrImage(place, 'checkout', tag),
            memory: 1024,
            port: 8080,
            environment: { CURRENCY: 'USD', PAYMENTS_URL: 'http://payments.prod.internal:8080' },
          },
        ],
      });
    const good = release(place, revision(16, '2.8.1', days(12)), {
      startedAt: ago(days(12)),
      finishedAt: ago(days(12) - 5),
    });
    const bad = release(place, revision(17, '2.9.0', 13), { startedAt: ago(12), failedTasks: 2 });

    const serving = [0, 1, 2].map((number) => launched(good, number, after(good.startedAt, 2)));
    const crashed = [11, 6].map((minutes, index) => {
      const task = launched(bad, 10 + index, ago(minutes));
      return exited(task, after(task.startedAt ?? now, 2.6), { app: { exitCode: 1 } });
    });
    const next = pendingTask(launched(bad, 12, ago(0, 20)));

    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 3,
        createdAt: ago(days(310)),
        releases: [good, bad],
        tasks: [...serving, ...crashed, next],
        balancer: balancerOf(place, 'checkout'),
        breaker: { enable: true, rollback: true },
        percent: { minimum: 100, maximum: 150 },
        gracePeriod: 30,
      }),
      {
        logGroups: [
          logGroup('checkout', [
            ...serving.map((task) => logOf(task, 'app', [[0.7, 'checkout 2.8.1 listening on :8080']])),
            ...crashed.map((task) =>
              logOf(task, 'app', [
                [0.5, 'checkout 2.9.0 starting, node v24.11.0'],
                [0.9, 'Error: TAX_ENDPOINT is required'],
                [0.9, '    at required (/app/dist/config.js:14:11)'],
                [0.9, '    at loadConfig (/app/dist/config.js:31:19)'],
                [0.9, '    at file:///app/dist/main.js:6:16'],
              ]),
            ),
          ]),
        ],
      },
    ]);
  },
};
