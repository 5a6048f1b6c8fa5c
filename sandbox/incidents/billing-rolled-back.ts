import { balancerOf } from './build/balancer.ts';
import { eventsOf } from './build/events.ts';
import { logGroup, logOf } from './build/log.ts';
import { mergeWorlds } from './build/merge.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { exited } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** The service looks well, and what was deployed is not what runs. */
export const billingRolledBack: Incident = {
  name: 'billing-rolled-back',
  title: 'billing:23 crashed three times, and the circuit breaker brought billing:22 back',
  environment: 'staging',
  ask: 'why-stopped billing staging',
  expected: {
    state: 'problem',
    cause: 'app-exit-error',
    status: 'confirmed',
    chain: ['deployment-rolling-back', 'app-exit-error'],
  },
  world(now, place) {
    const ago = before(now);
    const revision = (number: number, tag: string, minutes: number) =>
      taskDefinition(place, {
        family: 'billing',
        revision: number,
        registeredAt: ago(minutes),
        containers: [{ name: 'app', image: ecrImage(place, 'billing', tag), memory: 1024, port: 8080 }],
      });
    const good = release(place, revision(22, '4.0.9', days(20)), {
      startedAt: ago(days(20)),
      finishedAt: ago(days(20) - 4),
    });
    const bad = release(place, revision(23, '4.1.0', 42), {
      startedAt: ago(41),
      finishedAt: ago(26),
      outcome: 'rolled-back',
      failedTasks: 3,
    });

    const serving = [0, 1].map((number) => launched(good, number, after(good.startedAt, 2)));
    const crashed = [40, 35, 29].map((minutes, index) => {
      const task = launched(bad, 10 + index, ago(minutes));
      return exited(task, after(task.startedAt ?? now, 4.8), { app: { exitCode: 1 } });
    });
    const say = eventsOf('billing');
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 2,
        createdAt: ago(days(366)),
        releases: [good, bad],
        tasks: [...serving, ...crashed],
        events: [
          say.deploymentFailed(bad, ago(26, 50)),
          say.rollingBack(good, ago(26, 49)),
          ...say.completed(good, ago(26)),
        ],
        balancer: balancerOf(place, 'billing'),
        breaker: { enable: true, rollback: true },
        percent: { minimum: 100, maximum: 150 },
        gracePeriod: 30,
      }),
      {
        logGroups: [
          logGroup('billing', [
            ...serving.map((task) => logOf(task, 'app', [[2.2, 'billing 4.0.9 started, workers=2']])),
            ...crashed.map((task) =>
              logOf(task, 'app', [
                [0.9, 'billing 4.1.0 starting'],
                [2.6, 'Traceback (most recent call last):'],
                [2.6, '  File "/app/billing/__main__.py", line 9, in <module>'],
                [2.6, '    from billing.ledger import post_entry'],
                [2.6, '  File "/app/billing/ledger.py", line 4, in <module>'],
                [2.6, '    from moneyed import Money'],
                [2.6, "ModuleNotFoundError: No module named 'moneyed'"],
              ]),
            ),
          ]),
        ],
      },
    ]);
  },
};
