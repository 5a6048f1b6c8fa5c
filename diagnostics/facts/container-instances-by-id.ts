import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';

/** The most that DescribeContainerInstances takes. */
export const instancesAtMost = 100;

/** Container instances by `asKey` of their ARNs, as many as one call takes; one that is gone is missing. */
export const containerInstancesById = defineFact<ContainerInstance[], readonly string[]>({
  id: 'container-instances-by-id',
  what: 'the instances that the tasks run on',
  actions: ['ecs:DescribeContainerInstances'],
  async load({ aws, target: { cluster } }, arns) {
    const containerInstances = arns.slice(0, instancesAtMost);
    if (containerInstances.length === 0) return [];
    const answer = await aws.ecs.describeContainerInstances({ cluster, containerInstances });
    return answer.containerInstances ?? [];
  },
});
