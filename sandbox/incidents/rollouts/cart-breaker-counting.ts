import { balancerOf } from '../build/balancer.ts';
import { logGroup, logOf } from '../build/log.ts';
import { mergeWorlds } from '../build/merge.ts';
import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { exited } from '../build/stop.ts';
import { pendingTask } from '../build/task.ts';
import { after, before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Two of three failures: the breaker will trip at the next one. */
export const cartBreakerCounting: Incident = {
  name: 'cart-breaker-counting',
  title: 'cart:88 cannot read its configuration, and the circuit breaker counts 2 of 3 failures',
  environment: 'prod',
  ask: 'deployment cart prod',
  expected: {
    state: 'problem',
    cause: 'image-changed',
    status: 'likely',
    chain: ['app-config-missing', 'image-changed'],
  },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'cart',
      revision: 88,
      desired: 2,
      took: [4, 5, 4, 6, 5],
      began: 9,
      failedTasks: 2,
    });
    const crashed = [8.6, 4.4].map((minutes, index) => {
      const task = launched(told.next, 10 + index, ago(minutes));
      return exited(task, after(task.startedAt ?? now, 3.1), { app: { exitCode: 1 } });
    });
    const starting = pendingTask(launched(told.next, 12, ago(0, 20)));
    return mergeWorlds([
      serviceWorld(place, now, {
        ...told,
        desired: 2,
        tasks: [...told.serving, ...crashed, starting],
        balancer: balancerOf(place, 'cart'),
        breaker: { enable: true, rollback: true },
      }),
      {
        logGroups: [
          logGroup('cart', [
            ...told.serving.map((task) => logOf(task, 'app', [[1.4, 'cart 1.87.0 ready on :8080']])),
            ...crashed.map((task) =>
              logOf(task, 'app', [
                [0.8, 'cart 1.88.0 starting'],
                [2.2, 'Error: Missing required environment variable: CART_TTL_SECONDS'],
              ]),
            ),
          ]),
        ],
      },
    ]);
  },
};
