import { balancerOf } from './build/balancer.ts';
import { eventsOf } from './build/events.ts';
import { logGroup, logOf } from './build/log.ts';
import { mergeWorlds } from './build/merge.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { neverStarted } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** Nobody pushed the tag. Without a circuit breaker ECS tries for ever, ever more slowly. */
export const catalogImageMissing: Incident = {
  name: 'catalog-image-missing',
  title: 'catalog:88 names an image tag that is not in the repository',
  environment: 'prod',
  ask: 'why-stopped catalog prod',
  expected: { state: 'problem', cause: 'image-not-found', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const image = (tag: string) => ecrImage(place, 'catalog', tag);
    const revision = (number: number, tag: string, minutes: number) =>
      taskDefinition(place, {
        family: 'catalog',
        revision: number,
        registeredAt: ago(minutes),
        containers: [{ name: 'app', image: image(tag), memory: 1024, port: 8080 }],
      });
    const good = release(place, revision(87, '2026.11.2', days(5)), {
      startedAt: ago(days(5)),
      finishedAt: ago(days(5) - 5),
    });
    const missing = image('2026.11.3-rc1');
    const bad = release(place, revision(88, '2026.11.3-rc1', 49), { startedAt: ago(48), failedTasks: 10 });

    const serving = [0, 1].map((number) => launched(good, number, after(good.startedAt, 2)));
    const reason = `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${missing}: ${missing}: not found`;
    const failed = [47, 43, 37, 27, 12].flatMap((minutes, round) =>
      [0, 1].map((twin) => {
        const task = launched(bad, 10 + round * 2 + twin, ago(minutes));
        const at = after(task.createdAt ?? now, 96 + twin);
        return neverStarted(task, {
          at,
          during: 'pull',
          stoppedReason: reason,
          container: { name: 'app', reason },
        });
      }),
    );
    const say = eventsOf('catalog');
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 2,
        createdAt: ago(days(700)),
        releases: [good, bad],
        tasks: [...serving, ...failed],
        events: [say.notPlaced(ago(45, 20), `${reason}.`), say.impaired(ago(35, 12))],
        balancer: balancerOf(place, 'catalog'),
      }),
      {
        logGroups: [
          logGroup(
            'catalog',
            serving.map((task) => logOf(task, 'app', [[1.2, 'catalog 2026.11.2 ready on 8080']])),
          ),
        ],
      },
    ]);
  },
};
