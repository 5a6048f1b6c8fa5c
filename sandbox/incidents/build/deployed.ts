import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Place } from '../incident.ts';
import { type Release, release } from './release.ts';
import { type ContainerStory, taskDefinition } from './task-definition.ts';
import { before } from './times.ts';

export interface Version {
  revision: number;
  /** Minutes since its deployment began; it was registered shortly before. */
  ago: number;
  containers: ContainerStory[];
  cpu?: string;
  memory?: string;
  /** What the author of the revision adds: volumes, the size of the disk. */
  more?: Partial<TaskDefinition>;
  /** Absent: completed after four minutes. */
  outcome?: Release['outcome'];
  failedTasks?: number;
}

/** One revision of a service with its deployment. */
export function deployed(place: Place, now: Date, family: string, version: Version): Release {
  const ago = before(now);
  const { revision, ago: minutes, containers, cpu, memory, more, outcome = 'completed' } = version;
  const definition = taskDefinition(place, {
    family,
    revision,
    registeredAt: ago(minutes, 70),
    cpu,
    memory,
    containers,
  });
  return release(
    place,
    { ...definition, ...more },
    {
      startedAt: ago(minutes),
      finishedAt: outcome === 'in-progress' ? undefined : ago(minutes - 4),
      outcome,
      failedTasks: version.failedTasks,
    },
  );
}
