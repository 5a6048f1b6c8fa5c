import type { Activity } from '@aws-sdk/client-auto-scaling';
import { defineFact } from '../fact.ts';
import { redact } from '../redact.ts';

const activitiesAtMost = 20;

/** What an Auto Scaling group did last, by its name; newest first. */
export const scalingActivities = defineFact<Activity[], string>({
  id: 'scaling-activities',
  what: 'what the Auto Scaling groups did last',
  actions: ['autoscaling:DescribeScalingActivities'],
  async load({ aws }, name) {
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
  },
});

/** Why EC2 refused may quote a launch template with whatever stands in it. */
async function cleanActivity({ Details: _, ...activity }: Activity): Promise<Activity> {
  const { StatusMessage } = activity;
  return {
    ...activity,
    StatusMessage: StatusMessage === undefined ? undefined : await redact(StatusMessage),
  };
}
