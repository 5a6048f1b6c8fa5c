import { eventsOf } from '../build/events.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { launched, release } from '../build/release.ts';
import { retell } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { neverStarted } from '../build/stop.ts';
import { taskDefinition } from '../build/task-definition.ts';
import { after, before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The first deployment of a service fails, and no revision was ever completed. */
export const menuNothingToReturnTo: Incident = {
  name: 'menu-nothing-to-return-to',
  title: 'menu is new, its image was never pushed, and the circuit breaker has nothing to go back to',
  environment: 'staging',
  ask: 'deployment menu staging',
  expected: {
    state: 'problem',
    cause: 'image-not-found',
    status: 'confirmed',
    chain: ['circuit-breaker-tripped', 'image-not-found'],
  },
  world(now, place) {
    const ago = before(now);
    const image = ecrImage(place, 'menu', '0.1.0');
    const definition = taskDefinition(place, {
      family: 'menu',
      revision: 1,
      registeredAt: ago(22),
      containers: [{ name: 'app', image, memory: 512, port: 8080 }],
    });
    const first = release(place, definition, {
      startedAt: ago(20),
      finishedAt: ago(6),
      outcome: 'failed',
      failedTasks: 3,
    });
    const failed = [19.5, 14, 8].map((minutes, index) => {
      const task = launched(first, index, ago(minutes));
      return neverStarted(task, {
        at: after(task.createdAt ?? now, 21),
        stoppedReason: `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`,
        during: 'pull',
      });
    });
    const say = eventsOf('menu');
    return mergeWorlds([
      retell(
        serviceWorld(place, now, {
          desired: 1,
          createdAt: ago(21),
          releases: [first],
          tasks: failed,
          events: [say.deploymentFailed(first, ago(6))],
          breaker: { enable: true, rollback: true },
        }),
        {
          deployment: {
            statusReason:
              'Service deployment failed because the circuit breaker threshold was exceeded: no rollback candidate was found to run the rollback.',
          },
        },
      ),
    ]);
  },
};
