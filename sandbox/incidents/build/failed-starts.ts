import type { Task } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { deployed, type Version } from './deployed.ts';
import { eventsOf } from './events.ts';
import { launched } from './release.ts';
import { serviceWorld } from './service.ts';
import { type NeverStarted, neverStarted } from './stop.ts';
import { pendingTask } from './task.ts';
import { after, before, days } from './times.ts';

interface FailedStarts {
  service: string;
  /** The revision that serves. */
  good: Version;
  /** The one whose tasks never start. */
  bad: Version;
  during: NeverStarted['during'];
  /** Seconds from a task's creation until it gives up. */
  givesUpAfter: number;
  /** What ECS writes when it does: on the task, unless a container is named. */
  reason(task: Task): string;
  /** The container that carries the reason; the task then only failed to start. */
  container?: string;
  /** Minutes ago that each try was started, oldest first. */
  tries?: readonly number[];
}

/** A deployment whose tasks fail before they run, one at a time, while the revision before still serves. */
export function failedStarts(place: Place, now: Date, story: FailedStarts): Partial<World> {
  const ago = before(now);
  const { service, during, container, givesUpAfter, tries = [19, 15, 9] } = story;
  const good = deployed(place, now, service, story.good);
  const bad = deployed(place, now, service, {
    ...story.bad,
    outcome: 'in-progress',
    failedTasks: tries.length,
  });
  const serving = [0, 1].map((number) => launched(good, number, after(good.startedAt, 2)));
  const failed = tries.map((minutes, index) => {
    const task = launched(bad, 10 + index, ago(minutes));
    const reason = story.reason(task);
    return neverStarted(task, {
      at: after(task.createdAt ?? now, givesUpAfter + index * 1.7),
      during,
      stoppedReason: container === undefined ? reason : 'Task failed to start',
      container: container === undefined ? undefined : { name: container, reason },
    });
  });
  const next = pendingTask(launched(bad, 10 + tries.length, ago(0, 20)));
  return serviceWorld(place, now, {
    desired: 2,
    createdAt: ago(days(300)),
    releases: [good, bad],
    tasks: [...serving, ...failed, next],
    events: [eventsOf(service).impaired(ago((tries.at(-1) ?? 9) - 4))],
    percent: { minimum: 100, maximum: 150 },
  });
}

/** How the agent on Fargate begins what went wrong with a secret. */
export const secretsNotPulled =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:';
