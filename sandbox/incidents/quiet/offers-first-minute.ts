import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { pendingTask } from '../build/task.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A deployment of forty seconds: its tasks are on their way, as they should be. */
export const offersFirstMinute: Incident = {
  name: 'offers-first-minute',
  title: 'offers is in the first minute of a deployment',
  environment: 'prod',
  ask: 'why-stopped offers prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({ name: 'app', image: ecrImage(place, 'offers', tag), memory: 512 });
    const old = deployed(place, now, 'offers', {
      revision: 52,
      ago: days(1),
      containers: [container('8.0.0')],
    });
    const next = deployed(place, now, 'offers', {
      revision: 53,
      ago: 0.7,
      containers: [container('8.0.1')],
      outcome: 'in-progress',
    });
    const serving = [0, 1].map((number) => launched(old, number, after(old.startedAt, 2)));
    const starting = [10, 11].map((number) => pendingTask(launched(next, number, after(next.startedAt, 3))));
    return serviceWorld(place, now, {
      desired: 2,
      createdAt: before(now)(days(260)),
      releases: [old, next],
      tasks: [...serving, ...starting],
    });
  },
};
