import type { Task } from '@aws-sdk/client-ecs';
import { revisionOf } from './words.ts';

/** Fewer failures than this share something by chance. */
const failuresAtLeast = 3;

const factors: { name: string; isRevision?: boolean; of(task: Task): string | undefined }[] = [
  { name: 'instance', of: (task) => task.containerInstanceArn?.split('/').at(-1) },
  { name: 'subnet', of: subnetOf },
  { name: 'zone', of: (task) => task.availabilityZone },
  { name: 'revision', isRevision: true, of: (task) => revisionOf(task.taskDefinitionArn) },
  { name: 'image digest', isRevision: true, of: digestsOf },
];

/**
 * What all failed tasks share and no running task has: `All 5 failures are in zone us-east-1c; no running task is.`
 * Undefined where there is no such thing, or nothing running to compare with.
 * @param revisionIsSaid the answer names the failing revision anyway
 */
export function commonFactor(
  failed: readonly Task[],
  running: readonly Task[],
  { revisionIsSaid = false } = {},
): string | undefined {
  const healthy = running.filter((task) => task.lastStatus === 'RUNNING');
  if (failed.length < failuresAtLeast || healthy.length === 0) return undefined;
  for (const { name, of, isRevision } of factors) {
    if (isRevision && revisionIsSaid) continue;
    const values = new Set(failed.map(of));
    const [value] = values;
    if (values.size !== 1 || value === undefined) continue;
    if (healthy.some((task) => of(task) === value || of(task) === undefined)) continue;
    return `All ${failed.length} failures share the ${name} ${value}; no running task has it.`;
  }
  return undefined;
}

function subnetOf(task: Task): string | undefined {
  const details = task.attachments?.flatMap((attachment) => attachment.details ?? []);
  return details?.find(({ name }) => name === 'subnetId')?.value;
}

function digestsOf(task: Task): string | undefined {
  const digests = (task.containers ?? []).map((container) => container.imageDigest).filter(Boolean);
  return digests.length === 0 ? undefined : digests.sort().join(' ');
}
