import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';
import { computeOf, missingTasks } from '../placement/compute.ts';
import { containerInstancesById } from './container-instances-by-id.ts';
import { asKey } from './security-groups.ts';
import { service } from './service.ts';
import { tasks } from './tasks.ts';

/** A page of ListContainerInstances, and the most that DescribeContainerInstances takes. */
const atOnce = 100;
const pagesAtMost = 5;

export interface ContainerInstances {
  instances: ContainerInstance[];
  /** False where more pages were left unread. */
  complete: boolean;
}

/**
 * Every container instance of the cluster, draining and disconnected ones too. Undefined where nothing of the
 * service waits for one: it runs on Fargate, or has all its tasks.
 */
export const containerInstances = defineFact<ContainerInstances | undefined>({
  id: 'container-instances',
  what: 'what the container instances have left',
  actions: ['ecs:ListContainerInstances', 'ecs:DescribeContainerInstances'],
  async load({ read, target, aws }) {
    const described = await read(service);
    if (!described || computeOf(described).kind === 'fargate' || missingTasks(described) === 0)
      return undefined;
    const { cluster } = target;
    const batches: Promise<ContainerInstance[]>[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < pagesAtMost; page += 1) {
      const answer = await aws.ecs.listContainerInstances({ cluster, nextToken, maxResults: atOnce });
      const arns = answer.containerInstanceArns ?? [];
      if (arns.length > 0) {
        const batch = aws.ecs
          .describeContainerInstances({ cluster, containerInstances: arns })
          .then(({ containerInstances: found }) => found ?? []);
        // Awaited below; a page that fails later must not leave this one's failure unhandled.
        batch.catch(() => {});
        batches.push(batch);
      }
      nextToken = answer.nextToken;
      if (!nextToken) break;
    }
    return { instances: (await Promise.all(batches)).flat(), complete: !nextToken };
  },
});

/**
 * The container instances that hold tasks of the target, or held those that stopped lately, in one call for whoever
 * asks, and as many as that takes.
 */
export const instancesOfTasks = defineFact<ContainerInstance[]>({
  id: 'instances-of-tasks',
  what: containerInstancesById.what,
  actions: containerInstancesById.actions,
  async load({ read }) {
    const { running, stopping, stopped } = await read(tasks);
    const arns = [...running, ...stopping, ...stopped].flatMap(
      ({ containerInstanceArn }) => containerInstanceArn ?? [],
    );
    return read(containerInstancesById, asKey(arns));
  },
});
