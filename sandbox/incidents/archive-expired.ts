import { balancerOf } from './build/balancer.ts';
import { capturedStops } from './build/event-capture.ts';
import { eventsOf } from './build/events.ts';
import { logGroup, logOf } from './build/log.ts';
import { mergeWorlds } from './build/merge.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { exited, scaledIn } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days, hours } from './build/times.ts';
import type { Incident } from './incident.ts';

/**
 * The old tasks went first, the new ones crashed, the circuit breaker gave up and had no orders to roll back. Since
 * then ECS tries nothing, and it has forgotten every task: only events, the captured state changes and the log remain.
 */
export const archiveExpired: Incident = {
  name: 'archive-expired',
  title: 'archive has run nothing for three hours, and ECS has forgotten the tasks that would say why',
  environment: 'prod',
  ask: 'why-stopped archive prod',
  expected: {
    state: 'problem',
    cause: 'app-exit-error',
    status: 'confirmed',
    chain: ['circuit-breaker-tripped', 'app-exit-error'],
  },
  world(now, place) {
    const ago = before(now);
    const revision = (number: number, tag: string, minutes: number) =>
      taskDefinition(place, {
        family: 'archive',
        revision: number,
        registeredAt: ago(minutes),
        containers: [{ name: 'app', image: ecrImage(place, 'archive', tag), memory: 2048, port: 8080 }],
      });
    const old = release(place, revision(8, '3.1.0', days(20)), {
      startedAt: ago(days(20)),
      finishedAt: ago(days(20) - 6),
    });
    const bad = release(place, revision(9, '3.2.0', hours(3) + 21), {
      startedAt: ago(hours(3) + 20),
      finishedAt: ago(hours(3) + 3),
      outcome: 'failed',
      failedTasks: 3,
    });
    const replaced = [0, 1].map((number) =>
      scaledIn(launched(old, number, after(old.startedAt, 2)), ago(199, 50), bad.id),
    );
    const crashed = [199, 199, 191].map((minutes, index) => {
      const task = launched(bad, 10 + index, ago(minutes));
      return exited(task, after(task.startedAt ?? now, 9.3 + index * 71), { app: { exitCode: 1 } });
    });
    const say = eventsOf('archive');
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 2,
        createdAt: ago(days(800)),
        releases: [old, bad],
        forgotten: [...replaced, ...crashed],
        events: [say.deploymentFailed(bad, bad.finishedAt ?? now)],
        balancer: balancerOf(place, 'archive'),
        breaker: { enable: true, rollback: false },
        percent: { minimum: 0, maximum: 100 },
        gracePeriod: 120,
      }),
      {
        logGroups: [
          capturedStops(place, [...replaced, ...crashed]),
          logGroup(
            'archive',
            crashed.map((task) =>
              logOf(task, 'app', [
                [1.5, 'archive 3.2.0 starting'],
                [1.9, 'opening segment store, 212 segments'],
                [-4.2, 'segment 118: format 7, this build reads up to 6'],
                [
                  -4.1,
                  'Exception in thread "main" java.lang.IllegalStateException: segment 118 is newer than this build',
                ],
                [-4.1, '\tat com.example.archive.SegmentStore.open(SegmentStore.java:88)'],
                [-4.1, '\tat com.example.archive.Main.main(Main.java:23)'],
              ]),
            ),
          ),
        ],
      },
    ]);
  },
};
