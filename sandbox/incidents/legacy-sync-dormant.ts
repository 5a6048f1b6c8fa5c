import { eventsOf } from './build/events.ts';
import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { neverStarted, scaledIn } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/**
 * Four days ago the circuit breaker gave up without rolling back, and nobody noticed. The tasks never started, so
 * there is no log; ECS has forgotten them; nothing captured their state changes. That they did not start is all
 * that can still be known.
 */
export const legacySyncDormant: Incident = {
  name: 'legacy-sync-dormant',
  title: 'legacy-sync has run nothing for four days, and nothing is left that says why',
  environment: 'staging',
  ask: 'why-stopped legacy-sync staging',
  expected: { state: 'problem', cause: 'service-start-impaired', status: 'open' },
  world(now, place) {
    const ago = before(now);
    const revision = (number: number, tag: string, minutes: number) =>
      taskDefinition(place, {
        family: 'legacy-sync',
        revision: number,
        registeredAt: ago(minutes),
        containers: [{ name: 'sync', image: ecrImage(place, 'legacy-sync', tag), memory: 512 }],
      });
    const old = release(place, revision(3, '2023-10', days(60)), {
      startedAt: ago(days(60)),
      finishedAt: ago(days(60) - 3),
    });
    const started = days(4) + 50;
    const bad = release(place, revision(4, '2026-11', started + 2), {
      startedAt: ago(started),
      finishedAt: ago(started - 19),
      outcome: 'failed',
      failedTasks: 3,
    });
    const forgotten = [
      scaledIn(launched(old, 0, after(old.startedAt, 2)), after(bad.startedAt, 3), bad.id),
      ...[1, 6, 14].map((minutes, index) =>
        neverStarted(launched(bad, 10 + index, ago(started - minutes)), {
          at: ago(started - minutes - 4),
          during: 'init',
          stoppedReason: 'Task failed to start',
        }),
      ),
    ];
    const say = eventsOf('legacy-sync');
    return serviceWorld(place, now, {
      desired: 1,
      createdAt: ago(days(1100)),
      releases: [old, bad],
      forgotten,
      events: [say.impaired(ago(started - 11)), say.deploymentFailed(bad, bad.finishedAt ?? now)],
      breaker: { enable: true, rollback: false },
      percent: { minimum: 0, maximum: 100 },
    });
  },
};
