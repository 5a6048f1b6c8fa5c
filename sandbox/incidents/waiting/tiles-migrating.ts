import { deployed } from '../build/deployed.ts';
import { logGroup, logOf } from '../build/log.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import { waitsToStart } from '../build/waiting.ts';
import type { Incident } from '../incident.ts';

/** The app waits until the migration has ended, and the migration is at work: its log proves it. */
export const tilesMigrating: Incident = {
  name: 'tiles-migrating',
  title: 'the app of tiles waits for a migration that is still working',
  environment: 'staging',
  ask: 'why-pending tiles staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const containers = (tag: string) => [
      {
        name: 'migrate',
        image: ecrImage(place, 'tiles', tag),
        command: ['migrate'],
        memory: 512,
        essential: false,
      },
      {
        name: 'app',
        image: ecrImage(place, 'tiles', tag),
        memory: 1024,
        dependsOn: [{ containerName: 'migrate', condition: 'SUCCESS' as const }],
        startTimeout: 900,
      },
    ];
    const good = deployed(place, now, 'tiles', {
      revision: 51,
      ago: days(5),
      containers: containers('5.1.0'),
    });
    const next = deployed(place, now, 'tiles', {
      revision: 52,
      ago: 7,
      containers: containers('5.2.0'),
      outcome: 'in-progress',
    });
    const serving = launched(good, 0, after(good.startedAt, 2));
    const migrated = { ...serving, containers: serving.containers?.map(ended) };
    const waiting = waitsToStart(launched(next, 10, ago(6.8)), { migrate: 'RUNNING' });
    const rows = [...Array(34).keys()].map(
      (index) => [2 + index * 10, `backfill: ${index * 40_000} rows`] as const,
    );
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 1,
        createdAt: ago(days(320)),
        releases: [good, next],
        tasks: [migrated, waiting],
      }),
      { logGroups: [logGroup('tiles', [logOf(waiting, 'migrate', rows)])] },
    ]);
  },
};

function ended<C extends { name?: string }>(container: C) {
  return container.name === 'migrate' ? { ...container, lastStatus: 'STOPPED', exitCode: 0 } : container;
}
