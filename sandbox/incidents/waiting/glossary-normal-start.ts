import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { pendingTask } from '../build/task.ts';
import { after, before, days } from '../build/times.ts';
import { waitsForNetwork } from '../build/waiting.ts';
import type { Incident } from '../incident.ts';

/** A deployment that began half a minute ago: nothing waits longer than it should. */
export const glossaryNormalStart: Incident = {
  name: 'glossary-normal-start',
  title: 'the first tasks of a new revision of glossary are starting',
  environment: 'staging',
  ask: 'why-pending glossary staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const containers = (tag: string) => [
      { name: 'app', image: ecrImage(place, 'glossary', tag), memory: 512 },
    ];
    const good = deployed(place, now, 'glossary', {
      revision: 8,
      ago: days(11),
      containers: containers('0.8.1'),
    });
    const next = deployed(place, now, 'glossary', {
      revision: 9,
      ago: 0.6,
      containers: containers('0.9.0'),
      outcome: 'in-progress',
    });
    return serviceWorld(place, now, {
      desired: 2,
      createdAt: ago(days(90)),
      releases: [good, next],
      tasks: [
        ...[0, 1].map((number) => launched(good, number, after(good.startedAt, 2))),
        pendingTask(launched(next, 10, ago(0, 28))),
        waitsForNetwork(launched(next, 11, ago(0, 5)), 'PRECREATED'),
      ],
    });
  },
};
