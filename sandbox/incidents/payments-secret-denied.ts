import { balancerOf } from './build/balancer.ts';
import { logGroup, logOf } from './build/log.ts';
import { mergeWorlds } from './build/merge.ts';
import { ecrImage, idOf, roleArn, secretArn } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { uuid } from './build/seeded.ts';
import { serviceWorld } from './build/service.ts';
import { roleWithout } from './build/shared-roles.ts';
import { neverStarted } from './build/stop.ts';
import { pendingTask } from './build/task.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** The new revision takes one more secret, and nobody told the execution role's policy. */
export const paymentsSecretDenied: Incident = {
  name: 'payments-secret-denied',
  title: 'payments:8 takes a new secret that its execution role may not read',
  environment: 'prod',
  ask: 'why-stopped payments prod',
  expected: { state: 'problem', cause: 'secret-permission-denied', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const database = secretArn(place, 'prod/payments/database', 'q8Zt3K');
    const webhook = secretArn(place, 'prod/payments/stripe-webhook', 'Xw41bN');
    const revision = (number: number, minutes: number, secrets: Record<string, string>) =>
      taskDefinition(place, {
        family: 'payments',
        revision: number,
        registeredAt: ago(minutes),
        containers: [
          { name: 'app', image: ecrImage(place, 'payments', '1.31.0'), memory: 1024, port: 8080, secrets },
        ],
      });
    const good = release(place, revision(7, days(21), { DATABASE_URL: database }), {
      startedAt: ago(days(21)),
      finishedAt: ago(days(21) - 5),
    });
    const both = { DATABASE_URL: database, STRIPE_WEBHOOK_SECRET: webhook };
    const bad = release(place, revision(8, 15, both), { startedAt: ago(14), failedTasks: 2 });

    const serving = [0, 1].map((number) => launched(good, number, after(good.startedAt, 2)));
    const denied = [13, 7].map((minutes, index) => {
      const task = launched(bad, 10 + index, ago(minutes));
      const who = `arn:aws:sts::${place.account}:assumed-role/payments-execution/${idOf(task)}`;
      const stoppedReason = [
        'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:',
        'unable to retrieve secret from asm: service call has been retried 1 time(s):',
        `failed to fetch secret ${webhook} from secrets manager: AccessDeniedException: User: ${who}`,
        `is not authorized to perform: secretsmanager:GetSecretValue on resource: ${webhook}`,
        'because no identity-based policy allows the secretsmanager:GetSecretValue action',
        `status code: 400, request id: ${uuid(idOf(task))}`,
      ].join(' ');
      return neverStarted(task, {
        at: after(task.createdAt ?? now, 41 + index),
        during: 'init',
        stoppedReason,
      });
    });
    const next = pendingTask(launched(bad, 12, ago(0, 15)));

    const world = mergeWorlds([
      serviceWorld(place, now, {
        desired: 2,
        createdAt: ago(days(533)),
        releases: [good, bad],
        tasks: [...serving, ...denied, next],
        balancer: balancerOf(place, 'payments'),
        breaker: { enable: true, rollback: true },
        percent: { minimum: 100, maximum: 150 },
      }),
      {
        logGroups: [
          logGroup(
            'payments',
            serving.map((task) => logOf(task, 'app', [[2.1, 'payments 1.31.0 up, pool of 20']])),
          ),
        ],
      },
    ]);
    const role = roleArn(place, 'payments-execution');
    return {
      ...world,
      roles: [roleWithout(place, role, world, 'secretsmanager:GetSecretValue', webhook)],
    };
  },
};
