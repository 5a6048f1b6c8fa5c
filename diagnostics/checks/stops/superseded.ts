import type { Service, ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { revisionOf } from '../../words.ts';

/** Failures of some tasks: which revisions they ran, and when the last of them ended. */
interface Failures {
  /** Task definition ARNs. */
  revisions: readonly (string | undefined)[];
  /** Milliseconds; 0 where ECS does not say. */
  lastAt: number;
}

/**
 * Why a failure is over, in words to read on after "; ", or undefined where it may not be: the service is whole,
 * every deployment is complete, and the one that serves came after the last failure with another revision.
 *
 * A rollback leaves such a service too. What failed before it is the reason of it, so that is not over; where the
 * history could not be read, an older revision that serves is taken for one.
 */
export function overBecause(
  { revisions, lastAt }: Failures,
  service: Service | undefined,
  history: readonly ServiceDeploymentBrief[] | undefined,
): string | undefined {
  const { deployments = [], runningCount, desiredCount } = service ?? {};
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  if (!primary?.taskDefinition || !primary.createdAt || runningCount !== desiredCount) return undefined;
  if (deployments.some(({ rolloutState }) => rolloutState !== 'COMPLETED')) return undefined;
  if (lastAt === 0 || lastAt >= primary.createdAt.getTime() || revisions.includes(primary.taskDefinition))
    return undefined;
  if (history?.[0]?.status?.startsWith('ROLLBACK')) return undefined;
  const isNewer = revisions.every((revision) => isLater(primary.taskDefinition, revision));
  if (isNewer) return `fixed by ${revisionOf(primary.taskDefinition)}`;
  return history?.length ? `over since ${revisionOf(primary.taskDefinition)} was deployed` : undefined;
}

/** Later in the same family: revisions of two families have no order. */
function isLater(arn: string | undefined, than: string | undefined): boolean {
  const [family, number] = splitRevision(arn);
  const [otherFamily, otherNumber] = splitRevision(than);
  return family === otherFamily && number > otherNumber;
}

function splitRevision(arn = ''): [family: string, number: number] {
  const colon = arn.lastIndexOf(':');
  return [arn.slice(0, colon), Number(arn.slice(colon + 1))];
}
