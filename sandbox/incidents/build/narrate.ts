import type { Task } from '@aws-sdk/client-ecs';
import { eventsOf, type Said } from './events.ts';
import type { ServiceStory } from './service.ts';
import { after } from './times.ts';

/** The events that starts, stops and deployments leave behind by themselves. A task that exits leaves none. */
export function narrate(story: ServiceStory, now: Date): Said[] {
  const { releases, balancer, replacements = [] } = story;
  const tasks = [...(story.tasks ?? []), ...(story.forgotten ?? [])];
  const say = eventsOf(releases[0].service);
  const starts = groups(tasks, (task) => task.createdAt).flatMap(([at, group]) => {
    const replaced = group.filter((task) => replacements.includes(task)).length;
    const started = group.map((task) => task.startedAt?.getTime() ?? 0).filter((time) => time > 0);
    const registeredAt = after(new Date(Math.max(0, ...started)), 7.3);
    return [
      say.started(after(at, 0.9), group, replaced || undefined),
      ...(balancer && started.length > 0 ? [say.registered(registeredAt, started.length, balancer.arn)] : []),
    ];
  });
  const stops = groups(tasks.filter(isRunToStop), (task) => task.stoppingAt).flatMap(([at, group]) => {
    const asked = group.filter((task) => task.stopCode === 'ServiceSchedulerInitiated');
    return [
      ...(asked.length > 0 ? [say.stopped(after(at, 0.4), asked)] : []),
      ...(balancer ? [say.deregistered(after(at, 10.1), group.length, balancer.arn)] : []),
      ...(balancer ? [say.draining(after(at, 10.106), group[0]?.startedBy ?? '', group.length)] : []),
    ];
  });
  const settled = releases.flatMap((release, index) => {
    const { outcome, finishedAt } = release;
    if (outcome !== 'completed' || !finishedAt) return [];
    const until = releases[index + 1]?.startedAt ?? story.quietUntil ?? now;
    return [...say.completed(release, finishedAt), ...say.steadyBetween(finishedAt, until)];
  });
  return [...starts, ...stops, ...settled];
}

function isRunToStop(task: Task): boolean {
  return task.stoppingAt !== undefined && task.startedAt !== undefined;
}

function groups(tasks: readonly Task[], time: (task: Task) => Date | undefined): [Date, Task[]][] {
  const byTime = Map.groupBy(tasks, (task) => time(task)?.getTime());
  return [...byTime].flatMap(([at, group]) =>
    at === undefined ? [] : [[new Date(at), group] satisfies [Date, Task[]]],
  );
}
