import { crashLoop } from '../build/crash-loop.ts';
import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { exited } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Six tasks, of which each says something else at first and the same at last. */
export const glazierSameLastLine: Incident = {
  name: 'glazier-same-last-line',
  title: 'Every task of a crash loop ends on the same line',
  environment: 'staging',
  ask: 'insights glazier staging --query last-lines',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const live = deployed(place, now, 'glazier', {
      revision: 31,
      ago: 40,
      containers: [{ name: 'app', image: ecrImage(place, 'glazier', '0.31.0'), memory: 512 }],
      outcome: 'in-progress',
    });
    return crashLoop(place, now, {
      live,
      starts: [38, 32, 26, 19, 12, 6, 1],
      end: (task) => exited(task, after(task.startedAt ?? now, 44), { app: { exitCode: 1 } }),
      says: {
        app: [
          [0.7, 'glazier 0.31.0 starting'],
          [41, 'license server license.prod.internal: no answer'],
          [43.2, 'fatal: no license, giving up after 3 tries'],
        ],
      },
      last: 'pending',
      createdAt: before(now)(days(80)),
    });
  },
};
