import { eventsOf } from '../build/events.ts';
import { logGroup, logOf } from '../build/log.ts';
import { mergeWorlds } from '../build/merge.ts';
import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { exited } from '../build/stop.ts';
import { after, before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The breaker stops the deployment, and going back is turned off: the old tasks serve on, nobody starts new ones. */
export const quoteGivenUp: Incident = {
  name: 'quote-given-up',
  title: 'quote:31 was given up by the circuit breaker, which may not go back; quote:30 still serves',
  environment: 'staging',
  ask: 'deployment quote staging',
  expected: { state: 'problem', cause: 'app-dependency-unreachable', status: 'likely' },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'quote',
      revision: 31,
      desired: 2,
      took: [3, 3, 4],
      began: 40,
      ended: 22,
      outcome: 'failed',
      failedTasks: 3,
    });
    const crashed = [39, 33, 25].map((minutes, index) => {
      const task = launched(told.next, 10 + index, ago(minutes));
      return exited(task, after(task.startedAt ?? now, 6.4), { app: { exitCode: 1 } });
    });
    const say = eventsOf('quote');
    return mergeWorlds([
      serviceWorld(place, now, {
        ...told,
        desired: 2,
        tasks: [...told.serving, ...crashed],
        events: [say.deploymentFailed(told.next, ago(22))],
        breaker: { enable: true, rollback: false },
      }),
      {
        logGroups: [
          logGroup('quote', [
            ...told.serving.map((task) => logOf(task, 'app', [[1.1, 'quote 1.30.0 ready']])),
            ...crashed.map((task) =>
              logOf(task, 'app', [
                [0.7, 'quote 1.31.0 starting'],
                [5.9, 'Error: connect ECONNREFUSED 10.30.40.12:6379'],
              ]),
            ),
          ]),
        ],
      },
    ]);
  },
};
