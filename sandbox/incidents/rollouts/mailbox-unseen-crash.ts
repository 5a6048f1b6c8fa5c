import { logGroup, logOf } from '../build/log.ts';
import { mergeWorlds } from '../build/merge.ts';
import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { exited } from '../build/stop.ts';
import { after, before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Each task runs for four minutes, counts as a success, and dies: the breaker never sees a failure. */
export const mailboxUnseenCrash: Incident = {
  name: 'mailbox-unseen-crash',
  title: 'mailbox:25 dies minutes after RUNNING, again and again, and the circuit breaker counts none of it',
  environment: 'prod',
  ask: 'deployment mailbox prod',
  expected: {
    state: 'problem',
    cause: 'app-dependency-unreachable',
    status: 'likely',
    chain: ['crash-loop-after-running', 'app-dependency-unreachable'],
  },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'mailbox',
      revision: 25,
      desired: 1,
      took: [2, 2, 3],
      began: 28,
    });
    const crashed = [27, 20, 13.5, 7].map((minutes, index) => {
      const task = launched(told.next, 10 + index, ago(minutes));
      return exited(task, after(task.startedAt ?? now, 241), { app: { exitCode: 1 } });
    });
    const current = launched(told.next, 14, ago(1, 40));
    return mergeWorlds([
      serviceWorld(place, now, {
        ...told,
        desired: 1,
        tasks: [...told.serving, ...crashed, current],
        breaker: { enable: true, rollback: true },
      }),
      {
        logGroups: [
          logGroup('mailbox', [
            ...told.serving.map((task) => logOf(task, 'app', [[1.1, 'mailbox 1.24.0 ready']])),
            ...crashed.map((task) =>
              logOf(task, 'app', [
                [1.2, 'mailbox 1.25.0 ready'],
                [239, 'Error: connect ETIMEDOUT 10.20.61.7:5672'],
              ]),
            ),
          ]),
        ],
      },
    ]);
  },
};
