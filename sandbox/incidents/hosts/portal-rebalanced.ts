import { deployed } from '../build/deployed.ts';
import { ecrImage, idOf } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { scaledIn } from '../build/stop.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Healthy tasks, stopped on purpose: one zone had too many. */
export const portalRebalanced: Incident = {
  name: 'portal-rebalanced',
  title: 'ECS moved a task of portal to another zone to even them out',
  environment: 'prod',
  ask: 'why-stopped portal prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'portal', {
      revision: 101,
      ago: days(2),
      containers: [{ name: 'app', image: ecrImage(place, 'portal', '17.1.0'), memory: 1024 }],
    });
    const start = (number: number) => launched(live, number, after(live.startedAt, 2));
    const moved = scaledIn(start(6), ago(14), live.id);
    const instead = launched(live, 2, ago(16));
    const zone = (letter: string) => `${place.region}${letter}`;
    const say = (minutes: number, rest: string) => ({
      at: ago(minutes),
      message: `(service portal) ${rest}`,
    });
    return serviceWorld(place, now, {
      desired: 3,
      createdAt: ago(days(800)),
      releases: [live],
      tasks: [start(0), start(1), moved, instead],
      events: [
        say(
          17,
          `is not AZ balanced with 2 tasks in ${zone('a')}, 1 tasks in ${zone('b')}, 0 tasks in ${zone('c')}. AZ Rebalancing in progress.`,
        ),
        say(
          13.9,
          `has stopped 1 running tasks in ${zone('a')} due to AZ rebalancing: (task ${idOf(moved)}).`,
        ),
        say(
          12,
          `is AZ balanced with 1 tasks in ${zone('a')}, 1 tasks in ${zone('b')}, 1 tasks in ${zone('c')}.`,
        ),
      ],
      quietUntil: ago(18),
    });
  },
};
