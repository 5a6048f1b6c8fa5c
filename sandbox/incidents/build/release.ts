import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Place } from '../incident.ts';
import { digits } from './seeded.ts';
import { type Launch, runningTask } from './task.ts';

/** One deployment of a service: which revision, when, and how it went. */
export interface Release {
  place: Place;
  service: string;
  definition: TaskDefinition;
  /** `ecs-svc/` and 19 digits; the digits also name the service revision. */
  id: string;
  startedAt: Date;
  /** Absent while it is under way. */
  finishedAt?: Date;
  outcome: 'in-progress' | 'completed' | 'failed' | 'rolled-back';
  /** What ECS counts: tasks in a row that never became healthy. */
  failedTasks: number;
}

interface ReleaseStory {
  service?: string;
  startedAt: Date;
  finishedAt?: Date;
  outcome?: Release['outcome'];
  failedTasks?: number;
}

/** A deployment of the revision to the service of the same name, unless another is told. */
export function release(place: Place, definition: TaskDefinition, story: ReleaseStory): Release {
  const service = story.service ?? definition.family ?? '';
  const { startedAt, finishedAt } = story;
  return {
    place,
    service,
    definition,
    id: `ecs-svc/${digits(`${place.cluster} ${service} ${definition.revision}`, 19)}`,
    startedAt,
    finishedAt,
    outcome: story.outcome ?? (finishedAt ? 'completed' : 'in-progress'),
    failedTasks: story.failedTasks ?? 0,
  };
}

/** A task that the scheduler started for the deployment. Numbers tell the tasks of a service apart. */
export function launched(
  { place, service, definition, id }: Release,
  number: number,
  createdAt: Date,
  more: Pick<Launch, 'spot' | 'health'> = {},
): Task {
  return runningTask(place, {
    definition,
    group: `service:${service}`,
    startedBy: id,
    number,
    createdAt,
    ...more,
  });
}
