import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';

/** Statuses of a deployment that has not, or not yet, brought its tasks up. AWS may add others. */
const without = /^(?:PENDING|IN_PROGRESS|STOP|ROLLBACK)/;

/** Whether the tasks of a deployment came to run; of a status that nobody knows yet it is not held that they did not. */
export function hasSucceeded({ status }: Pick<ServiceDeploymentBrief, 'status'>): boolean {
  return status === undefined || !without.test(status);
}
