import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { pendingTask } from '../build/task.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The first try of a revision: no task has given up yet, so nothing says which endpoint does not answer. */
export const spriteHangsBeforePull: Incident = {
  name: 'sprite-hangs-before-pull',
  title: 'new tasks of sprite have their network and do not begin to pull their image',
  environment: 'staging',
  ask: 'why-pending sprite staging',
  expected: { state: 'problem', cause: 'init-stuck', status: 'open' },
  world(now, place) {
    const ago = before(now);
    const containers = (tag: string) => [{ name: 'app', image: ecrImage(place, 'sprite', tag), memory: 512 }];
    const good = deployed(place, now, 'sprite', {
      revision: 20,
      ago: days(8),
      containers: containers('2.0.0'),
    });
    const next = deployed(place, now, 'sprite', {
      revision: 21,
      ago: 3,
      containers: containers('2.1.0'),
      outcome: 'in-progress',
    });
    return serviceWorld(place, now, {
      desired: 5,
      createdAt: ago(days(130)),
      releases: [good, next],
      tasks: [
        ...[0, 1, 2, 3, 4].map((number) => launched(good, number, after(good.startedAt, 2))),
        ...[10, 11].map((number) => pendingTask(launched(next, number, ago(2.9)))),
      ],
    });
  },
};
