import type { Activity, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { defineFact } from '../fact.ts';
import { redact } from '../redact.ts';
import { capacityProviders } from './capacity-providers.ts';

export interface ScalingGroup {
  name: string;
  /** Name of the capacity provider that it belongs to. */
  provider: string;
  /** Absent where it no longer exists. */
  group?: AutoScalingGroup;
  /** Newest first. */
  activities: Activity[];
}

const activitiesAtMost = 20;

/** The Auto Scaling groups behind the service's capacity providers, with what they last did. */
export const scalingGroups = defineFact<ScalingGroup[]>({
  id: 'scaling-groups',
  what: 'the Auto Scaling groups of the capacity providers',
  actions: ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeScalingActivities'],
  async load({ read, aws }) {
    const { found } = await read(capacityProviders);
    const named = found.flatMap(({ name = '', autoScalingGroupProvider }) => {
      const group = groupName(autoScalingGroupProvider?.autoScalingGroupArn);
      return group === undefined ? [] : [{ provider: name, name: group }];
    });
    if (named.length === 0) return [];
    const [groups, activities] = await Promise.all([
      aws.autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: named.map(({ name }) => name) }),
      Promise.all(named.map(({ name }) => activitiesOf(name))),
    ]);
    return named.map(({ name, provider }, index) => ({
      name,
      provider,
      group: groups.AutoScalingGroups?.find(({ AutoScalingGroupName }) => AutoScalingGroupName === name),
      activities: activities[index] ?? [],
    }));

    async function activitiesOf(name: string): Promise<Activity[]> {
      try {
        const answer = await aws.autoscaling.describeScalingActivities({
          AutoScalingGroupName: name,
          MaxRecords: activitiesAtMost,
        });
        return await Promise.all((answer.Activities ?? []).map(cleanActivity));
      } catch (error) {
        // "Group not found" is an answer: the group was deleted behind its provider.
        if (error instanceof Error && error.name === 'ValidationError') return [];
        throw error;
      }
    }
  },
});

/** `arn:…:autoScalingGroup:ID:autoScalingGroupName/NAME`, or the name alone. */
function groupName(arn: string | undefined): string | undefined {
  return arn?.split('autoScalingGroupName/').at(-1);
}

/** Why EC2 refused may quote a launch template with whatever stands in it. */
async function cleanActivity({ Details: _, ...activity }: Activity): Promise<Activity> {
  const { StatusMessage } = activity;
  return {
    ...activity,
    StatusMessage: StatusMessage === undefined ? undefined : await redact(StatusMessage),
  };
}
