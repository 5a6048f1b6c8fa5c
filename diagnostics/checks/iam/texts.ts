import type { Task } from '@aws-sdk/client-ecs';
import { lacksCredentials } from '../../access/lacks-credentials.ts';
import type { LogTail } from '../../report.ts';
import { readStop } from '../../stops.ts';
import type { Known } from './known.ts';

/** Causes that are about roles, secrets, log groups and file systems: what AWS's own texts may say of this question. */
const ofThisArea =
  /^(?:secret-|parameter-|efs-|env-file-unreadable$|ecr-auth-|image-ecr-permission$|image-ecr-repo-policy$|logs-|firelens-misconfigured$|role-cannot-be-assumed$|secrets-endpoint-unreachable$|init-failed-unclear$)/;

/** Whether tasks of the revision stopped for something that this check is about, by AWS's own words or by their log. */
export function textsSpeakOfAccess(known: Known, logs: readonly LogTail[]): boolean {
  const { definition } = known.revision;
  const definitions = { [definition.taskDefinitionArn ?? '']: definition };
  const says = ownStops(known).map((task) => readStop(task, definitions).explanations[0].cause);
  return says.some((cause) => ofThisArea.test(cause)) || logs.some(lacksCredentials);
}

/** Whether tasks of the revision stopped, whatever for. */
export function hasStops(known: Known): boolean {
  return ownStops(known).length > 0;
}

function ownStops({ tasks, revision }: Known): Task[] {
  const arn = revision.definition.taskDefinitionArn;
  return (tasks?.stopped ?? []).filter(
    ({ taskDefinitionArn, stopCode }) =>
      taskDefinitionArn === arn &&
      (stopCode === 'TaskFailedToStart' || stopCode === 'EssentialContainerExited'),
  );
}
