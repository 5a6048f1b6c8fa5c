import type { World } from '#sandbox/aws/world.ts';
import { deployed } from '../build/deployed.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import type { Place } from '../incident.ts';

/** A service that runs from this image, and has for days. */
export function serving(place: Place, now: Date, service: string, image: string): Partial<World> {
  const live = deployed(place, now, service, {
    revision: 7,
    ago: days(9),
    containers: [{ name: 'app', image, memory: 512 }],
  });
  return serviceWorld(place, now, {
    desired: 2,
    createdAt: before(now)(days(200)),
    releases: [live],
    tasks: [0, 1].map((number) => launched(live, number, after(live.startedAt, 2))),
    quietUntil: before(now)(days(8)),
  });
}
