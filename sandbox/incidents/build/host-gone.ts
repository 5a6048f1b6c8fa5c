import type { TaskStopCode } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { deployed, type Version } from './deployed.ts';
import type { Said } from './events.ts';
import { launched } from './release.ts';
import { serviceWorld } from './service.ts';
import { stoppedBy } from './stop.ts';
import { pendingTask } from './task.ts';
import { after, before, days } from './times.ts';

interface HostGone {
  service: string;
  live: Version;
  desired: number;
  stopCode: TaskStopCode;
  stoppedReason: string;
  /** Minutes since the task was told to stop. */
  ago: number;
  /** Whether another task runs in its place by now. */
  replaced: boolean | 'pending';
  events?: readonly Said[];
}

/** A service that ran quietly until what one of its tasks ran on went away. */
export function hostGone(place: Place, now: Date, story: HostGone): Partial<World> {
  const ago = before(now);
  const { stopCode, stoppedReason, replaced } = story;
  const live = deployed(place, now, story.service, story.live);
  const started = Array.from({ length: story.desired }, (_, number) =>
    launched(live, number, after(live.startedAt, 2)),
  );
  const [lost, ...kept] = started;
  if (!lost) throw new Error('a service of no task loses none');
  const at = ago(story.ago);
  const gone = stoppedBy(lost, { stopCode, stoppedReason, at, ends: { app: { exitCode: 143 } } });
  const next = launched(live, story.desired, after(at, 34));
  const instead = { true: [next], pending: [pendingTask(next)], false: [] }[`${replaced}`];
  return serviceWorld(place, now, {
    desired: story.desired,
    createdAt: ago(days(350)),
    releases: [live],
    tasks: [...kept, gone, ...instead],
    events: story.events,
    quietUntil: at,
  });
}
