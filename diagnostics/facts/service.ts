import type { Service } from '@aws-sdk/client-ecs';
import { defineFact, FactFailure } from '../fact.ts';
import { cleanService } from './clean.ts';

/**
 * The service as ECS describes it, with its newest 100 events.
 * Undefined where the target is no service. NotFound where the cluster has none of this name, or only a deleted one.
 */
export const service = defineFact<Service | undefined>({
  id: 'service',
  what: 'the service',
  actions: ['ecs:DescribeServices'],
  async load({ target, aws }) {
    if (target.service === undefined) return undefined;
    const answer = await aws.ecs.describeServices({ cluster: target.cluster, services: [target.service] });
    const found = answer.services?.[0];
    // A deleted service stays describable as INACTIVE for a while; nobody asks why that one is in trouble.
    if (!found || found.status === 'INACTIVE') {
      throw new FactFailure(
        `There is no service ${target.service} in cluster ${target.cluster}.`,
        'NotFound',
      );
    }
    return cleanService(found);
  },
});
