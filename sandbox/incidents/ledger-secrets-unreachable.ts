import { eventsOf } from './build/events.ts';
import { ecrImage, secretArn } from './build/names.ts';
import { endpoints, inOwnVpc, isolated } from './build/own-network.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { neverStarted } from './build/stop.ts';
import { pendingTask } from './build/task.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** Private subnets without a way out, and no endpoint for the secret: each try waits for minutes before it gives up. */
export const ledgerSecretsUnreachable: Incident = {
  name: 'ledger-secrets-unreachable',
  title: 'new tasks of ledger wait for Secrets Manager until they time out',
  environment: 'staging',
  ask: 'why-stopped ledger staging',
  expected: {
    state: 'problem',
    cause: 'network-no-route',
    status: 'confirmed',
    chain: ['service-start-impaired', 'secrets-endpoint-unreachable', 'network-no-route'],
  },
  world(now, place) {
    const ago = before(now);
    const secret = secretArn(place, 'staging/ledger/database', 'B7tYw2');
    const definition = (revision: number, tag: string, minutes: number) =>
      taskDefinition(place, {
        family: 'ledger',
        revision,
        registeredAt: ago(minutes),
        containers: [
          {
            name: 'app',
            image: ecrImage(place, 'ledger', tag),
            memory: 1024,
            secrets: { DATABASE_URL: secret },
          },
        ],
      });
    const good = release(place, definition(44, '0.31.4', days(9)), {
      startedAt: ago(days(9)),
      finishedAt: ago(days(9) - 4),
    });
    const bad = release(place, definition(45, '0.31.5', 47), { startedAt: ago(46), failedTasks: 6 });
    const serving = [0, 1].map((number) => launched(good, number, after(good.startedAt, 2)));
    const stoppedReason = [
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:',
      'unable to retrieve secret from asm: service call has been retried 5 time(s):',
      `failed to fetch secret ${secret} from secrets manager: RequestCanceled: request context canceled`,
      'caused by: context deadline exceeded. Please check your task network configuration.',
    ].join(' ');
    const failed = [45, 33, 17].flatMap((minutes, round) =>
      [0, 1].map((twin) => {
        const task = launched(bad, 10 + round * 2 + twin, ago(minutes));
        const at = after(task.createdAt ?? now, 271 + twin * 2);
        return neverStarted(task, { at, during: 'init', stoppedReason });
      }),
    );
    const waiting = [16, 17].map((number) => pendingTask(launched(bad, number, ago(2))));
    const say = eventsOf('ledger');
    const world = serviceWorld(place, now, {
      desired: 2,
      createdAt: ago(days(480)),
      releases: [good, bad],
      tasks: [...serving, ...failed, ...waiting],
      events: [say.notPlaced(ago(40, 20), stoppedReason), say.impaired(ago(28))],
    });
    return inOwnVpc(place, {
      service: 'ledger',
      world,
      changes: [isolated, endpoints('ledger', ['ecr.api', 'ecr.dkr', 'logs'])],
    });
  },
};
