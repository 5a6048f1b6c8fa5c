import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { eventsOf } from './events.ts';
import { ecrImage } from './names.ts';
import { launched, release } from './release.ts';
import { serviceWorld } from './service.ts';
import { stoppedBy } from './stop.ts';
import { taskDefinition } from './task-definition.ts';
import { after, before, days } from './times.ts';

/** A service of two, one of which was ended with StopTask and replaced within a minute. */
export function replacedAfterStop(
  place: Place,
  now: Date,
  family: string,
  stoppedReason: string,
): Partial<World> {
  const ago = before(now);
  const definition = taskDefinition(place, {
    family,
    revision: 18,
    registeredAt: ago(days(13), 40),
    containers: [{ name: 'app', image: ecrImage(place, family, '9.0.2'), memory: 1024 }],
  });
  const live = release(place, definition, { startedAt: ago(days(13)), finishedAt: ago(days(13) - 3) });
  const [kept, ended] = [
    launched(live, 0, after(live.startedAt, 2)),
    launched(live, 1, after(live.startedAt, 2)),
  ];
  const at = ago(22);
  const stopped = stoppedBy(ended, {
    stopCode: 'UserInitiated',
    stoppedReason,
    at,
    ends: { app: { exitCode: 143 } },
  });
  return serviceWorld(place, now, {
    desired: 2,
    createdAt: ago(days(205)),
    releases: [live],
    tasks: [kept, stopped, launched(live, 4, after(at, 21))],
    events: [eventsOf(family).steady(ago(20, 30))],
    quietUntil: at,
  });
}
