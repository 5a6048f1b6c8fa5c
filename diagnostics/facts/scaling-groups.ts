import type { Activity, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { defineFact } from '../fact.ts';
import type { NotChecked } from '../report.ts';
import { capacityProviders } from './capacity-providers.ts';
import { notCheckedOf } from './read.ts';
import { scalingActivities } from './scaling-activities.ts';

export interface ScalingGroup {
  name: string;
  /** Name of the capacity provider that it belongs to. */
  provider: string;
  /** Absent where it no longer exists. */
  group?: AutoScalingGroup;
  /** Newest first. */
  activities: Activity[];
  /** Why the activities could not be read. */
  unread?: NotChecked;
}

/**
 * The Auto Scaling groups behind the service's capacity providers, with what they last did. Groups are told without
 * their activities where those are refused.
 */
export const scalingGroups = defineFact<ScalingGroup[]>({
  id: 'scaling-groups',
  what: 'the Auto Scaling groups of the capacity providers',
  actions: ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeScalingActivities'],
  async load({ read, settle, aws }) {
    const { found } = await read(capacityProviders);
    const named = found.flatMap(({ name = '', autoScalingGroupProvider }) => {
      const group = groupName(autoScalingGroupProvider?.autoScalingGroupArn);
      return group === undefined ? [] : [{ provider: name, name: group }];
    });
    if (named.length === 0) return [];
    const [groups, activities] = await Promise.all([
      aws.autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: named.map(({ name }) => name) }),
      Promise.all(named.map(({ name }) => settle(scalingActivities, name))),
    ]);
    return named.map(({ name, provider }, index) => {
      const settled = activities[index];
      return {
        name,
        provider,
        group: groups.AutoScalingGroups?.find(({ AutoScalingGroupName }) => AutoScalingGroupName === name),
        activities: settled?.ok ? settled.value : [],
        ...(settled?.ok === false && { unread: notCheckedOf(scalingActivities.what, settled.failure) }),
      };
    });
  },
});

/** `arn:…:autoScalingGroup:ID:autoScalingGroupName/NAME`, or the name alone. */
function groupName(arn: string | undefined): string | undefined {
  return arn?.split('autoScalingGroupName/').at(-1);
}
