import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import type { Balancer } from './balancer.ts';
import { type Line, logGroup, logOf } from './log.ts';
import { mergeWorlds } from './merge.ts';
import { launched, release } from './release.ts';
import { serviceWorld } from './service.ts';
import { pendingTask } from './task.ts';
import { after, before, days } from './times.ts';

interface CrashLoop {
  definition: TaskDefinition;
  /** Minutes ago that the deployment began. It counts as completed, since its tasks reached RUNNING. */
  deployed: number;
  /** Minutes ago that each task which has ended was started, oldest first. */
  starts: readonly number[];
  /** How such a task ends. */
  end(task: Task): Task;
  /** What its containers write, by container. */
  says: Record<string, readonly Line[]>;
  /** Whether the task started last runs or is still being started. */
  next: 'running' | 'pending';
  balancer?: Balancer;
}

/** A service of one task that starts, ends and is started again, long after its deployment was called a success. */
export function crashLoop(place: Place, now: Date, story: CrashLoop): Partial<World> {
  const ago = before(now);
  const { definition, deployed, starts, says } = story;
  const live = release(place, definition, { startedAt: ago(deployed), finishedAt: ago(deployed - 3) });
  const ended = starts.map((minutes, index) => story.end(launched(live, index, ago(minutes))));
  const newest = launched(live, starts.length, story.next === 'running' ? ago(2) : ago(0, 20));
  const current = story.next === 'running' ? newest : pendingTask(newest);
  const tasks = [...ended, current];
  const streams = Object.entries(says).flatMap(([container, lines]) =>
    tasks
      .filter((task) => task.pullStoppedAt !== undefined)
      .map((task) => logOf(task, container, task === current ? beginning(lines, task, now) : lines)),
  );
  return mergeWorlds([
    serviceWorld(place, now, {
      desired: 1,
      createdAt: ago(days(160)),
      releases: [live],
      tasks,
      balancer: story.balancer,
      quietUntil: ago(Math.min(deployed, ...starts)),
    }),
    {
      logGroups: [
        logGroup(
          definition.family ?? '',
          streams.filter(({ events }) => events.length > 0),
        ),
      ],
    },
  ]);
}

/** What a task that still runs has written so far. */
function beginning(lines: readonly Line[], task: Task, now: Date): Line[] {
  return lines.filter(([seconds]) => seconds >= 0 && after(task.startedAt ?? now, seconds) < now);
}
