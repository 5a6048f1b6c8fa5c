import { describeTask } from '../../by-hand.ts';
import type { JudgeContext } from '../../check.ts';
import type { ChangeClues } from '../../facts/changes/change-clues.ts';
import { taskId } from '../../facts/log-location.ts';
import type { Evidence, LogTail } from '../../report.ts';
import { stopTime } from '../../stop-time.ts';
import { exitCode, reasonOf, type StopGroup } from '../../stops.ts';
import { times } from '../../words.ts';
import { decisiveLine } from '../stops/log-evidence.ts';
import type { FailedRevisions } from '../stops/revisions.ts';
import { logEvidence } from '../stops/stop-finding.ts';

/** One group of stops that goes on, with what is known beside it. */
export interface Failing {
  group: StopGroup;
  log: LogTail | undefined;
  /** The decisive line of it. */
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

/** The newest of the failures, for a change is nobody's fault without one; where its log decided, the line too. */
export function failureEvidence(failing: Failing): Evidence[] {
  const { group, context } = failing;
  const { cause, stops } = group;
  const [newest] = stops;
  const { task } = newest;
  const code = exitCode(task, cause.culprit);
  const said = [code === undefined ? '' : `exit ${code}`, reasonOf(newest)].filter((part) => part !== '');
  return [
    {
      api: 'ecs:DescribeTasks',
      field: cause.culprit === undefined ? 'tasks[0].stoppedReason' : `containers[${cause.culprit}]`,
      value: said.join(', ') || 'STOPPED',
      at: (task.stoppedAt ?? task.stoppingAt)?.toISOString(),
      cli: describeTask(context.target, taskId(task)),
    },
    ...logEvidenceOf(failing),
  ];
}

/** Only of a process that ended by itself does the log say why. */
export function logEvidenceOf({ group, log, context }: Failing): Evidence[] {
  const line = log && decisiveLine(log);
  return /^(?:app-|exit-|oom-heap)/.test(group.cause.cause) ? logEvidence(context.target, log, line) : [];
}
