import type { Service, Task } from '@aws-sdk/client-ecs';
import type { StopGroup } from '../../stops.ts';

export interface FailedRevisions {
  /** ARN of the newest task definition whose tasks fail; undefined where nothing fails. */
  newest?: string;
  /** ARN of the revision that last ran well, other than the failing one. */
  lastGood?: string;
}

/**
 * Which revision the answer is about. The one being deployed, if its tasks fail; else that of the newest failure:
 * old tasks that die during a good deployment must not name the culprit.
 */
export function failedRevisions(
  failing: readonly StopGroup[],
  service: Service | undefined,
  running: readonly Task[],
): FailedRevisions {
  const failed = failing.flatMap((group) => group.stops.map(({ task }) => task.taskDefinitionArn));
  const primary = service?.deployments?.find(({ status }) => status === 'PRIMARY')?.taskDefinition;
  const newest = primary !== undefined && failed.includes(primary) ? primary : failed[0];
  if (newest === undefined) return {};
  const completed = service?.deployments?.find(
    (deployment) => deployment.rolloutState === 'COMPLETED' && deployment.taskDefinition !== newest,
  );
  const survivor = running.find((task) => task.lastStatus === 'RUNNING' && task.taskDefinitionArn !== newest);
  return { newest, lastGood: completed?.taskDefinition ?? survivor?.taskDefinitionArn };
}
