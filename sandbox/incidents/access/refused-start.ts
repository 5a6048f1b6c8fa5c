import type { Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import { failedStarts } from '../build/failed-starts.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import type { ContainerStory } from '../build/task-definition.ts';
import { days } from '../build/times.ts';
import type { Place } from '../incident.ts';

interface RefusedStart {
  service: string;
  /** Of the revision that serves; the next one is the one that cannot start. */
  revision: number;
  /** What the new revision's container takes beside. */
  takes?: Partial<ContainerStory>;
  more?: Partial<TaskDefinition>;
  reason(task: Task): string;
  /** Seconds from a task's creation until it gives up. */
  after?: number;
  /** What the incident tells of roles, secrets and keys. */
  tell?(world: Partial<World>): Partial<World>;
}

/** A new revision whose tasks give up before their image is pulled, while the one before still serves. */
export function refusedStart(place: Place, now: Date, story: RefusedStart): Partial<World> {
  const { service, revision, takes, more, reason, after = 34, tell } = story;
  const container = { name: 'app', image: ecrImage(place, service, '4.2.0'), memory: 512 };
  const world = failedStarts(place, now, {
    service,
    good: { revision, ago: days(12), containers: [container] },
    bad: { revision: revision + 1, ago: 20, containers: [{ ...container, ...takes }], ...(more && { more }) },
    during: 'init',
    givesUpAfter: after,
    reason,
  });
  return tell ? mergeWorlds([world, tell(world)]) : world;
}

/** How Secrets Manager and the agent begin what went wrong with a secret. */
export function secretRefused(secret: string, why: string): string {
  return `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secret} from secrets manager: ${why}`;
}
