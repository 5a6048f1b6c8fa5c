import { deployed } from '../build/deployed.ts';
import { logGroup, logOf } from '../build/log.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import { waitsToStart } from '../build/waiting.ts';
import type { Incident } from '../incident.ts';

/** ECS only counts the health checks of the task definition, and the proxy has none: the app waits for ever. */
export const returnsNeverHealthy: Incident = {
  name: 'returns-never-healthy',
  title: 'the app of returns waits for a proxy to be HEALTHY that has no health check',
  environment: 'staging',
  ask: 'why-pending returns staging',
  expected: { state: 'problem', cause: 'dependency-unhealthy', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const proxy = { name: 'proxy', image: ecrImage(place, 'proxy', '3.1.4'), memory: 128 };
    const app = (tag: string) => ({ name: 'app', image: ecrImage(place, 'returns', tag), memory: 1024 });
    const good = deployed(place, now, 'returns', {
      revision: 60,
      ago: days(6),
      containers: [proxy, app('1.20.0')],
    });
    const next = deployed(place, now, 'returns', {
      revision: 61,
      ago: 3,
      containers: [
        proxy,
        { ...app('1.20.1'), dependsOn: [{ containerName: 'proxy', condition: 'HEALTHY' as const }] },
      ],
      outcome: 'in-progress',
    });
    const waiting = waitsToStart(launched(next, 10, ago(2.8)), { proxy: 'RUNNING' });
    return mergeWorlds([
      serviceWorld(place, now, {
        desired: 1,
        createdAt: ago(days(77)),
        releases: [good, next],
        tasks: [launched(good, 0, after(good.startedAt, 2)), waiting],
      }),
      {
        logGroups: [
          logGroup('returns', [logOf(waiting, 'proxy', [[1.1, 'proxy 3.1.4 listening on :9000']])]),
        ],
      },
    ]);
  },
};
