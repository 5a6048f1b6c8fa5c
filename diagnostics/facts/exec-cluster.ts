import type { ExecuteCommandConfiguration } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';

/** How the cluster encrypts and logs sessions of ECS Exec; empty where it says nothing of it. */
export const execCluster = defineFact<ExecuteCommandConfiguration>({
  id: 'exec-cluster',
  what: "the cluster's settings for ECS Exec",
  actions: ['ecs:DescribeClusters'],
  async load({ target, aws }) {
    const { clusters } = await aws.ecs.describeClusters({
      clusters: target.cluster === undefined ? undefined : [target.cluster],
      include: ['CONFIGURATIONS'],
    });
    return clusters?.[0]?.configuration?.executeCommandConfiguration ?? {};
  },
});
