import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import { failedStarts } from '../build/failed-starts.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import type { ContainerStory } from '../build/task-definition.ts';
import { days } from '../build/times.ts';
import type { Place } from '../incident.ts';

interface RefusedPull {
  service: string;
  /** The image that cannot be pulled. */
  image: string;
  /** What AWS writes behind `CannotPullContainerError: `. */
  says: string;
  takes?: Partial<ContainerStory>;
  more?: Partial<TaskDefinition>;
  tell?(world: Partial<World>): Partial<World>;
}

/** A new revision whose image cannot be pulled, while the one before still serves from the account's own ECR. */
export function refusedPull(place: Place, now: Date, story: RefusedPull): Partial<World> {
  const { service, image, says, takes, more, tell } = story;
  const container = { name: 'app', image: ecrImage(place, `${service}-base`, '1.0.0'), memory: 512 };
  const reason = `CannotPullContainerError: ${says}`;
  const world = failedStarts(place, now, {
    service,
    good: { revision: 3, ago: days(12), containers: [container] },
    bad: { revision: 4, ago: 20, containers: [{ ...container, image, ...takes }], ...(more && { more }) },
    during: 'pull',
    givesUpAfter: 34,
    reason: () => reason,
    container: 'app',
  });
  return tell ? mergeWorlds([world, tell(world)]) : world;
}

/** How the agent says that a registry has not what it was asked for. */
export function notFound(image: string): string {
  return `pull image manifest has been retried 7 time(s): failed to resolve ref ${image}: ${image}: not found`;
}

/** How it says that a registry refuses. */
export function forbidden(image: string): string {
  const [host = ''] = image.split('/');
  const tag = image.split(':').at(-1);
  return `pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: pulling from host ${host} failed with status code [manifests ${tag}]: 403 Forbidden`;
}
