import type { Task } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { type Line, logGroup, logOf } from './log.ts';
import { mergeWorlds } from './merge.ts';
import { launched, type Release } from './release.ts';
import { serviceWorld } from './service.ts';
import { pendingTask } from './task.ts';
import { after, before } from './times.ts';

interface CrashLoop {
  /** The deployment whose tasks end. */
  live: Release;
  /** The one before, with one task that still serves, where the new one has not replaced it. */
  previous?: Release;
  /** Minutes ago that each task was started, oldest first; the last of them has not ended. */
  starts: readonly number[];
  /** How a task ends. */
  end(task: Task): Task;
  /** What its containers write, by container. */
  says: Record<string, readonly Line[]>;
  /** Whether the last task runs or is still being started. */
  last: 'running' | 'pending';
  createdAt: Date;
}

/** A service of one task that starts, ends and is started again, while nobody counts. */
export function crashLoop(place: Place, now: Date, story: CrashLoop): Partial<World> {
  const ago = before(now);
  const { live, previous, says } = story;
  const launches = story.starts.map((minutes, index) => launched(live, 10 + index, ago(minutes)));
  const ended = launches.slice(0, -1).map(story.end);
  const newest = launches.slice(-1).map((task) => (story.last === 'running' ? task : pendingTask(task)));
  const serving = previous ? [launched(previous, 0, after(previous.startedAt, 2))] : [];
  const streams = Object.entries(says).flatMap(([container, lines]) => [
    ...ended.map((task) => logOf(task, container, lines)),
    ...newest.map((task) => logOf(task, container, soFar(lines, task, now))),
  ]);
  return mergeWorlds([
    serviceWorld(place, now, {
      desired: 1,
      createdAt: story.createdAt,
      releases: previous ? [previous, live] : [live],
      tasks: [...serving, ...ended, ...newest],
      quietUntil: ago(story.starts[0] ?? 0),
    }),
    {
      logGroups: [
        logGroup(
          live.service,
          streams.filter(({ events }) => events.length > 0),
        ),
      ],
    },
  ]);
}

/** What a task that has not ended has written by now. */
function soFar(lines: readonly Line[], { startedAt }: Task, now: Date): Line[] {
  if (!startedAt) return [];
  return lines.filter(([seconds]) => seconds >= 0 && after(startedAt, seconds) < now);
}
