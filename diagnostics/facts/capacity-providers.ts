import type { CapacityProvider } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';
import { computeOf, missingTasks } from '../placement/compute.ts';
import { service } from './service.ts';

export interface CapacityProviders {
  found: CapacityProvider[];
  /** Names that the strategy uses and that do not exist. */
  missing: string[];
}

/** The capacity providers of a service that lacks tasks, Fargate's own aside. */
export const capacityProviders = defineFact<CapacityProviders>({
  id: 'capacity-providers',
  what: 'the capacity providers',
  actions: ['ecs:DescribeCapacityProviders'],
  async load({ read, aws }) {
    const described = await read(service);
    const names = described && missingTasks(described) > 0 ? computeOf(described).providers : [];
    if (names.length === 0) return { found: [], missing: [] };
    const answer = await aws.ecs.describeCapacityProviders({ capacityProviders: names });
    const found = answer.capacityProviders ?? [];
    return { found, missing: names.filter((name) => !found.some((provider) => provider.name === name)) };
  },
});
