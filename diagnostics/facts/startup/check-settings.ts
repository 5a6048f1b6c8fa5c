import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import { defineFact } from '../../fact.ts';
import { service } from '../service.ts';

/** The service's target groups with the settings of their checks; those that are gone are left out. */
export const checkSettings = defineFact<TargetGroup[]>({
  id: 'check-settings',
  what: 'the settings of the health checks',
  actions: ['elasticloadbalancing:DescribeTargetGroups'],
  async load({ read, aws }) {
    const described = await read(service);
    const arns = (described?.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
    const groups = await Promise.all(
      [...new Set(arns)].map(async (arn) => {
        try {
          // One call a group: a single deleted one fails the whole list.
          return (await aws.elb.describeTargetGroups({ TargetGroupArns: [arn] })).TargetGroups ?? [];
        } catch (error) {
          if (error instanceof Error && error.name.startsWith('TargetGroupNotFound')) return [];
          throw error;
        }
      }),
    );
    return groups.flat();
  },
});
