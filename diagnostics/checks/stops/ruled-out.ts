import { describeTask } from '../../by-hand.ts';
import { taskId } from '../../facts/log-location.ts';
import { ruledOut } from '../../findings.ts';
import type { Finding, Target } from '../../report.ts';
import type { StopGroup } from '../../stops.ts';
import { revisionOf } from '../../words.ts';

/** One cause stands for each early stage; a task that started has passed them all. */
const passedByStarting = [
  { cause: 'capacity-placement-unclear', stage: 'placement' },
  { cause: 'eni-provision-timeout', stage: 'network attach' },
  { cause: 'init-failed-unclear', stage: 'role and secrets' },
  { cause: 'image-pull-failed-unclear', stage: 'image pull' },
];

/**
 * A task of the failing revision that reached RUNNING has been placed, wired, initialised and pulled, so those
 * stages are not why that revision fails. Not said where other tasks of the revision failed in just these stages.
 */
export function stagesRuledOut(
  failing: readonly StopGroup[],
  revision: string | undefined,
  target: Target,
): Finding[] {
  const ofRevision = failing
    .flatMap(({ stops }) => stops)
    .filter(({ task }) => task.taskDefinitionArn === revision);
  if (ofRevision.length === 0 || ofRevision.some(({ task }) => task.startedAt === undefined)) return [];
  const newest = ofRevision[0]?.task;
  if (!newest?.startedAt) return [];
  const at = newest.startedAt.toISOString();
  const id = taskId(newest);
  return passedByStarting.map(({ cause, stage }) =>
    ruledOut(cause, `A task of ${revisionOf(revision)} passed ${stage} and started.`, [
      { api: 'ecs:DescribeTasks', field: 'tasks[].startedAt', value: at, at, cli: describeTask(target, id) },
    ]),
  );
}
