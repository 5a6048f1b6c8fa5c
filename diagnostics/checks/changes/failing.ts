import { describeTask } from '../../by-hand.ts';
import type { JudgeContext } from '../../check.ts';
import type { ChangeClues } from '../../facts/changes/change-clues.ts';
import { taskId } from '../../facts/log-location.ts';
import type { Evidence } from '../../report.ts';
import { exitCode, reasonOf, type StopGroup, stopTime } from '../../stops.ts';
import { times } from '../../words.ts';
import type { FailedRevisions } from '../stops/revisions.ts';

/** One group of stops that goes on, with what is known beside it. */
export interface Failing {
  group: StopGroup;
  line: string | undefined;
  revisions: FailedRevisions;
  clues: ChangeClues;
  context: JudgeContext;
}

/** What it does: `6 stops in the last 40 minutes`. */
export function effect({ cause, stops }: StopGroup, { scope }: JudgeContext): string {
  const at = stops.map(({ task }) => stopTime(task));
  const often = times(stops.length, Math.min(...at), Math.max(...at), scope.now.getTime());
  return `${cause.culprit ?? 'the task'} stopped ${often}`;
}

/** The newest of the failures, for a change is nobody's fault without one. */
export function failureEvidence({ cause, stops: [newest] }: StopGroup, { target }: JudgeContext): Evidence {
  const { task } = newest;
  const code = exitCode(task, cause.culprit);
  const said = reasonOf(newest);
  return {
    api: 'ecs:DescribeTasks',
    field: cause.culprit === undefined ? 'tasks[0].stoppedReason' : `containers[${cause.culprit}]`,
    value:
      [code === undefined ? '' : `exit ${code}`, said].filter((part) => part !== '').join(', ') || 'STOPPED',
    at: (task.stoppedAt ?? task.stoppingAt)?.toISOString(),
    cli: describeTask(target, taskId(task)),
  };
}
