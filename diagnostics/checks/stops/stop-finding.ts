import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { describeTask, getLogEvents } from '../../by-hand.ts';
import type { Scope } from '../../fact.ts';
import { taskId } from '../../facts/log-location.ts';
import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import { findingOf, namesFor } from '../../findings.ts';
import type { Evidence, Finding, LogTail, Target } from '../../report.ts';
import { type RevisionChange, revisionChanges } from '../../revision-change.ts';
import { stopTime } from '../../stop-time.ts';
import { exitCode, reasonOf, type StopGroup } from '../../stops.ts';
import { cut, revisionOf } from '../../words.ts';
import { decisiveLine } from './log-evidence.ts';
import type { FailedRevisions } from './revisions.ts';
import { spanOf } from './stop-row.ts';
import { summaryOf } from './summary.ts';

interface Known {
  target: Target;
  scope: Scope;
  service: Service | undefined;
  running: readonly Task[];
  definitions: TaskDefinitions;
  logs: readonly LogTail[];
  revisions: FailedRevisions;
  /** Why these stops are over, where they are. */
  over: string | undefined;
}

/** What one group of stops amounts to. */
export function stopFinding(group: StopGroup, known: Known): Finding {
  const { target, scope, service, definitions, logs, revisions, over } = known;
  const { cause, stops } = group;
  const [newest] = stops;
  const arn = newest.task.taskDefinitionArn;
  const definition = arn === undefined ? undefined : definitions[arn];
  const log = logs.find((tail) => tail.task === taskId(newest.task) && tail.container === cause.culprit);
  const line = log && decisiveLine(log);
  const changes = changesSince(revisions, definitions);
  const removed = removedThing(changes, cause.names.name, line?.message);
  const lastGood = revisions.lastGood === undefined ? undefined : revisionOf(revisions.lastGood);

  const names = namesFor(target, {
    service,
    task: newest.task,
    definition,
    container: cause.culprit,
    lastGood,
  });
  // The log names a thing, and the failing revision is the one that took it away: two sources that agree.
  const settled = removed ? { ...cause, status: 'confirmed' as const } : cause;
  return findingOf(settled, names, {
    subject: service?.serviceArn ?? newest.task.taskArn,
    summary: summaryOf(group, {
      definition,
      changes,
      removed,
      line: line?.message,
      revisions,
      over,
      now: scope.now.getTime(),
    }),
    count: stops.length,
    ...spanOf(stops.map(({ task }) => stopTime(task)).filter((time) => time > 0)),
    alsoSeen: over === undefined && isOfRevision(group, revisions) ? undefined : true,
    evidence: [
      ...taskEvidence(group, target),
      ...logEvidence(target, log, line),
      ...changeEvidence(removed, known),
    ],
  });
}

function isOfRevision({ stops }: StopGroup, { newest }: FailedRevisions): boolean {
  return stops.some(({ task }) => task.taskDefinitionArn === newest);
}

function changesSince({ newest, lastGood }: FailedRevisions, definitions: TaskDefinitions): RevisionChange[] {
  const before = lastGood === undefined ? undefined : definitions[lastGood];
  const after = newest === undefined ? undefined : definitions[newest];
  return before && after ? revisionChanges(before, after) : [];
}

/** The variable or secret that this revision lost and that the crash itself speaks of. */
function removedThing(
  changes: readonly RevisionChange[],
  named: string | undefined,
  line: string | undefined,
): RevisionChange | undefined {
  return changes.find(({ kind, name }) => {
    if (kind !== 'removed' || name === undefined) return false;
    return name === named || (line !== undefined && new RegExp(`\\b${escapeRegExp(name)}\\b`).test(line));
  });
}

function taskEvidence({ cause, stops: [newest] }: StopGroup, target: Target): Evidence[] {
  const { task } = newest;
  const at = (task.stoppedAt ?? task.stoppingAt)?.toISOString();
  const cli = describeTask(target, taskId(task));
  const index = task.containers?.findIndex(({ name }) => name === cause.culprit) ?? -1;
  const code = exitCode(task, cause.culprit);
  const fields: [string, string | number | undefined][] = [
    ['stopCode', task.stopCode],
    ['stoppedReason', task.stoppedReason],
    ...(index < 0
      ? []
      : ([
          [`containers[${index}].name`, cause.culprit],
          [`containers[${index}].exitCode`, code],
          [`containers[${index}].reason`, task.containers?.[index]?.reason],
        ] satisfies [string, string | number | undefined][])),
  ];
  if (fields.every(([, value]) => value === undefined))
    fields.push(['lastStatus', task.lastStatus ?? reasonOf(newest)]);
  return fields.flatMap(([field, value]) =>
    value === undefined
      ? []
      : [{ api: 'ecs:DescribeTasks', field: `tasks[0].${field}`, value: String(value), at, cli }],
  );
}

export function logEvidence(
  target: Target,
  log: LogTail | undefined,
  line: LogTail['lines'][number] | undefined,
): Evidence[] {
  if (!log?.group || !log.stream || !line) return [];
  const cli = getLogEvents(target, log.group, log.stream);
  return [
    { api: 'logs:GetLogEvents', field: 'events[].message', value: cut(line.message, 300), at: line.at, cli },
  ];
}

function changeEvidence(removed: RevisionChange | undefined, { revisions, definitions }: Known): Evidence[] {
  if (!removed?.name || revisions.newest === undefined) return [];
  const definition: TaskDefinition | undefined = definitions[revisions.newest];
  return [
    {
      api: 'ecs:DescribeTaskDefinition',
      field: `containerDefinitions[${removed.container ?? ''}].${removed.field}`,
      value: `${removed.name} is in ${revisionOf(revisions.lastGood)}, not in ${revisionOf(revisions.newest)}`,
      at: definition?.registeredAt?.toISOString(),
    },
  ];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
