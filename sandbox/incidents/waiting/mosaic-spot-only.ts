import { deployed } from '../build/deployed.ts';
import { eventsOf } from '../build/events.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Spot has no room, and the strategy lets nothing else stand in. */
export const mosaicSpotOnly: Incident = {
  name: 'mosaic-spot-only',
  title: 'mosaic asks for Fargate Spot alone, and Spot has no capacity',
  environment: 'staging',
  ask: 'events mosaic staging',
  expected: { state: 'problem', cause: 'fargate-capacity-unavailable', status: 'likely' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'mosaic', {
      revision: 44,
      ago: days(1),
      containers: [{ name: 'app', image: ecrImage(place, 'mosaic', '4.4.0'), memory: 1024 }],
    });
    return serviceWorld(place, now, {
      desired: 4,
      createdAt: ago(days(80)),
      releases: [live],
      tasks: [0, 1].map((number) => launched(live, number, after(live.startedAt, 2), { spot: true })),
      events: [26, 12, 3].map((minutes) =>
        eventsOf('mosaic').notPlaced(
          ago(minutes),
          'Capacity is unavailable at this time. Please try again later or in a different availability zone. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
        ),
      ),
      spot: true,
      quietUntil: ago(30),
    });
  },
};
