import type { Task } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { crashLoop } from './crash-loop.ts';
import { deployed, type Version } from './deployed.ts';
import type { Line } from './log.ts';
import { type Ends, exited } from './stop.ts';
import { after, before, days } from './times.ts';

interface Ended {
  service: string;
  /** The revision that still serves, where the loop began with a deployment. */
  good?: Version;
  bad: Version;
  /** Seconds that a task runs. */
  lives: number;
  ends: Ends;
  says: Record<string, readonly Line[]>;
  /** Minutes ago that each task was started, oldest first; the last of them has not ended. */
  starts?: readonly number[];
  last?: 'running' | 'pending';
}

/** A service of one task whose essential container ends by itself, again and again. */
export function ended(place: Place, now: Date, story: Ended): Partial<World> {
  const { service, good, bad, lives, ends, says } = story;
  return crashLoop(place, now, {
    live: deployed(place, now, service, good ? { ...bad, outcome: 'in-progress' } : bad),
    previous: good && deployed(place, now, service, good),
    starts: story.starts ?? [27, 23.4, 18.2, 11.5, 0.3],
    end: (task: Task) => exited(task, after(task.startedAt ?? now, lives), ends),
    says,
    last: story.last ?? 'pending',
    createdAt: before(now)(days(500)),
  });
}
