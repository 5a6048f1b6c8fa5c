import type { Task } from '@aws-sdk/client-ecs';
import type { LogGroup, LogStream, World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { logGroup } from './log.ts';
import { mergeWorlds } from './merge.ts';
import { ecrImage, idOf } from './names.ts';
import { standing } from './standing.ts';
import type { ContainerStory } from './task-definition.ts';

interface WithLogs {
  service: string;
  /** Minutes since its only deployment. */
  ago: number;
  /** Beside what every app has. */
  app?: Partial<ContainerStory>;
  /** Beside the app. */
  others?: ContainerStory[];
  /** What each container wrote; one that is not named has no stream. */
  says: Record<string, (task: Task) => Omit<LogStream, 'name'>>;
  group?: Partial<LogGroup>;
}

/** A service that runs as it should with one task: what is told of it is its log. */
export function withLogs(place: Place, now: Date, told: WithLogs): Partial<World> {
  const { service, ago, app, others = [], says, group } = told;
  const image = ecrImage(place, service, '3.2.1');
  const containers = [{ name: 'app', image, memory: 512, port: 8080, ...app }, ...others];
  const world = standing(place, now, { service, ago, desired: 1, version: { containers } });
  const streams = (world.tasks ?? []).flatMap((task) =>
    Object.entries(says).map(([container, events]) => ({
      name: `ecs/${container}/${idOf(task)}`,
      ...events(task),
    })),
  );
  const groups = streams.length > 0 ? [{ ...logGroup(service, streams), ...group }] : [];
  return mergeWorlds([world, { logGroups: groups }]);
}
