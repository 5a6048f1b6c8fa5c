import type { Task } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import { deployed } from '../build/deployed.ts';
import { type Line, logGroup, logOf } from '../build/log.ts';
import { mergeWorlds } from '../build/merge.ts';
import { launched, type Release } from '../build/release.ts';
import { digits } from '../build/seeded.ts';
import { serviceWorld } from '../build/service.ts';
import { exited } from '../build/stop.ts';
import { pendingTask } from '../build/task.ts';
import type { ContainerStory } from '../build/task-definition.ts';
import { after, before, days } from '../build/times.ts';
import type { Place } from '../incident.ts';

interface Redeployed {
  service: string;
  revision: number;
  containers: ContainerStory[];
  /** Minutes since the deployment whose tasks still run. */
  first: number;
  /** Minutes since the same revision was deployed again; absent: it was not, and tasks were only started anew. */
  again?: number;
  /** Minutes ago that each failing task was started, oldest first. */
  starts: readonly number[];
  /** Seconds that a failing task runs. */
  lives: number;
  says: readonly Line[];
  /** What else is true of a failing task. */
  failing?(task: Task): Task;
  desired?: number;
}

/** Tasks of one revision that run since its first deployment, and later ones of the same revision that end at once. */
export function redeployed(place: Place, now: Date, story: Redeployed): Partial<World> {
  const {
    service,
    revision,
    containers,
    first,
    again,
    starts,
    lives,
    says,
    failing = (task) => task,
  } = story;
  const ago = before(now);
  const good = deployed(place, now, service, { revision, ago: first, containers });
  const bad: Release =
    again === undefined
      ? good
      : {
          ...good,
          id: `ecs-svc/${digits(`${place.cluster} ${service} again`, 19)}`,
          startedAt: ago(again),
          finishedAt: undefined,
          outcome: 'in-progress',
          failedTasks: starts.length,
        };
  const { finishedAt: _none, ...open } = bad;
  const newest: Release = again === undefined ? bad : open;
  const serving = [0, 1].map((number) => launched(good, number, after(good.startedAt, 2)));
  const crashed = starts.map((minutes, index) => {
    const task = failing(launched(newest, 10 + index, ago(minutes)));
    return exited(task, after(task.startedAt ?? now, lives), { app: { exitCode: 1 } });
  });
  const next = pendingTask(launched(newest, 20, ago(0, 20)));
  return mergeWorlds([
    serviceWorld(place, now, {
      desired: story.desired ?? 3,
      createdAt: ago(days(240)),
      releases: again === undefined ? [good] : [good, newest],
      tasks: [...serving, ...crashed, next],
      quietUntil: ago(starts[0] ?? 0),
    }),
    {
      logGroups: [
        logGroup(service, [
          ...serving.map((task) => logOf(task, 'app', [[0.8, `${service} listening on :8080`]])),
          ...crashed.map((task) => logOf(task, 'app', says)),
        ]),
      ],
    },
  ]);
}
