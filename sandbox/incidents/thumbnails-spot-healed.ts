import { ecrImage } from './build/names.ts';
import { launched, release } from './build/release.ts';
import { serviceWorld } from './build/service.ts';
import { stoppedBy } from './build/stop.ts';
import { taskDefinition } from './build/task-definition.ts';
import { after, before, days } from './build/times.ts';
import type { Incident } from './incident.ts';

/** The same as with batch, but Spot had another task to give: what it is made for. */
export const thumbnailsSpotHealed: Incident = {
  name: 'thumbnails-spot-healed',
  title: 'Fargate Spot took a task of thumbnails back, and another runs in its place',
  environment: 'staging',
  ask: 'why-stopped thumbnails staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const definition = taskDefinition(place, {
      family: 'thumbnails',
      revision: 41,
      registeredAt: ago(days(19), 55),
      containers: [{ name: 'app', image: ecrImage(place, 'thumbnails', '5.5.1'), memory: 1024 }],
    });
    const live = release(place, definition, { startedAt: ago(days(19)), finishedAt: ago(days(19) - 3) });
    const start = (number: number) => launched(live, number, after(live.startedAt, 2), { spot: true });
    const taken = stoppedBy(start(2), {
      stopCode: 'SpotInterruption',
      stoppedReason: 'Your Spot Task was interrupted.',
      at: ago(28),
      seconds: 12.7,
      ends: { app: { exitCode: 0 } },
    });
    const replacement = launched(live, 5, ago(27, 30), { spot: true });
    return serviceWorld(place, now, {
      desired: 3,
      createdAt: ago(days(300)),
      releases: [live],
      tasks: [start(0), start(1), taken, replacement],
      events: [],
      spot: true,
      quietUntil: ago(29),
    });
  },
};
