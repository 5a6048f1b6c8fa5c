import { defineCheck } from '../check.ts';
import type { Scope } from '../fact.ts';
import { containerLogs, containersOf } from '../facts/container-logs.ts';
import { logTasks } from '../facts/log-tasks.ts';
import { service } from '../facts/service.ts';
import type { LogTail, NotChecked } from '../report.ts';
import { stopTime } from '../stop-time.ts';
import { listed, plural } from '../words.ts';
import { notCreatedFindings } from './not-created-findings.ts';

/** Shows logs; judges nothing but why there is none. */
export const logs = defineCheck({
  id: 'logs',
  question: 'what the containers wrote',
  needs: { containerLogs, logTasks },
  // What it says of tasks that nothing else is known of.
  wants: { service },
  judge({ containerLogs: tails, logTasks: chosen }, { scope, target }) {
    const { tasks, definitions, previous } = chosen;
    const containers = [...new Set(tasks.flatMap((task) => containersOf(task, definitions)))];
    const isUnknown = scope.container !== undefined && !containers.includes(scope.container);
    const notes = [
      ...chosen.notes,
      ...(tasks.length === 0 && chosen.notes.length === 0
        ? ['It has no task now, and ECS knows no stopped one.']
        : []),
      ...(tasks.length > 0 && isUnknown
        ? [`No task of it has a container ${scope.container}; there is ${listed(containers)}.`]
        : []),
      ...(tails.some(({ truncated }) => truncated === true)
        ? ['The search ended before everything was searched; --since narrows it.']
        : []),
    ];
    const ended =
      tasks.length > 0 &&
      tasks.every(({ lastStatus }) => lastStatus === 'STOPPED' || lastStatus === undefined);
    const endedAt = Math.max(0, ...tasks.map(stopTime));
    return {
      findings: notCreatedFindings(tails, chosen, target),
      notChecked: distinct(tails.flatMap(({ unread }) => unread ?? [])),
      details: {
        logs: tails,
        notes,
        logView: {
          containers,
          ...(scope.filter !== undefined && { filter: scope.filter }),
          ...(scope.since !== undefined && { since: scope.since.toISOString() }),
          ...(scope.errors === true && { errors: true }),
          ...(scope.head === true && { page: 'first' as const }),
          ...(scope.page !== undefined && { page: scope.page.direction }),
          ...(previous !== undefined && { revision: previous }),
          ...(ended && {
            ended: `${tasks.length === 1 ? 'The task has' : 'All tasks have'} ended${endedAt > 0 ? ` at ${new Date(endedAt).toISOString()}` : ''}`,
          }),
        },
      },
      answer: answerOf(tails, scope),
    };
  },
});

/** Containers of a task mostly log to one group. */
function distinct(unread: readonly NotChecked[]): NotChecked[] {
  return [...new Map(unread.map((one) => [one.check, one])).values()];
}

/** Reads on after `api in prod: `. That nothing was written, or is kept elsewhere, is an answer too. */
function answerOf(
  tails: readonly LogTail[],
  { errors, head, page }: Scope,
): { state: 'healthy' | 'unknown'; headline: string } {
  const written = tails.filter(({ lines }) => lines.length > 0);
  if (written.length > 0) {
    const names = [...new Set(written.map(({ container }) => container))];
    const lines = written.reduce((sum, tail) => sum + tail.lines.length, 0);
    const times = written.flatMap(({ entries = [] }) => entries).reduce((sum, { count }) => sum + count, 0);
    if (errors === true)
      return {
        state: 'healthy',
        headline: `${plural(times, 'error')} of ${plural(lines, 'kind')} in the log of ${listed(names)}`,
      };
    const first = head === true || page?.direction === 'first' ? 'the first ' : '';
    return { state: 'healthy', headline: `${first}${plural(lines, 'log line')} of ${listed(names)}` };
  }
  const [first] = tails;
  const isAnswer = tails.length > 0 && tails.every(({ why }) => why !== undefined && answering.has(why));
  return { state: isAnswer ? 'healthy' : 'unknown', headline: first?.missing ?? 'there is no log to read' };
}

const answering = new Set(['nothing-written', 'elsewhere', 'no-match', 'not-started']);
