import { defineFact } from '../../fact.ts';

/** How the cluster sends metrics of its own: `enabled`, `enhanced` or `disabled`, as the setting has it. */
export const containerInsights = defineFact<string>({
  id: 'container-insights',
  what: 'whether the cluster has Container Insights',
  actions: ['ecs:DescribeClusters'],
  async load({ target, aws }) {
    const { clusters } = await aws.ecs.describeClusters({
      clusters: target.cluster === undefined ? undefined : [target.cluster],
      include: ['SETTINGS'],
    });
    const setting = clusters?.[0]?.settings?.find(({ name }) => name === 'containerInsights');
    return setting?.value ?? 'disabled';
  },
});
