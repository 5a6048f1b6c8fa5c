import type { Service, Task } from '@aws-sdk/client-ecs';
import type { StopGroup } from '../../stops.ts';

export interface FailedRevisions {
  /** ARN of the newest task definition whose tasks fail; undefined where nothing fails. */
  newest?: string;
  /** ARN of the revision that last ran well, registered before the failing one. */
  lastGood?: string;
}

/**
 * Which revision the answer is about. The one being deployed, if its tasks fail; else that of the newest failure:
 * old tasks that die during a good deployment must not name the culprit. Warnings decide only where nothing worse
 * happened.
 */
export function failedRevisions(
  failing: readonly StopGroup[],
  service: Service | undefined,
  running: readonly Task[],
): FailedRevisions {
  const errors = failing.filter(({ cause }) => cause.severity === 'error');
  const worst = errors.length > 0 ? errors : failing;
  const failed = worst.flatMap((group) => group.stops.map(({ task }) => task.taskDefinitionArn));
  const primary = service?.deployments?.find(({ status }) => status === 'PRIMARY')?.taskDefinition;
  const newest = primary !== undefined && failed.includes(primary) ? primary : failed[0];
  if (newest === undefined) return {};
  const completed = service?.deployments?.find(
    ({ rolloutState, taskDefinition }) => rolloutState === 'COMPLETED' && isEarlier(taskDefinition, newest),
  );
  const survivor = running.find(
    ({ lastStatus, taskDefinitionArn }) => lastStatus === 'RUNNING' && isEarlier(taskDefinitionArn, newest),
  );
  return { newest, lastGood: completed?.taskDefinition ?? survivor?.taskDefinitionArn };
}

/** A later revision of the family that runs well is the cure: what it changed is not what broke the failing one. */
function isEarlier(arn: string | undefined, failing: string): boolean {
  if (arn === undefined || arn === failing) return false;
  const [family, number] = splitRevision(arn);
  const [failingFamily, failingNumber] = splitRevision(failing);
  return family !== failingFamily || number < failingNumber;
}

function splitRevision(arn: string): [family: string, number: number] {
  const colon = arn.lastIndexOf(':');
  return [arn.slice(0, colon), Number(arn.slice(colon + 1))];
}
