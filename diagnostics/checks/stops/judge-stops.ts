import type { Service, ServiceDeploymentBrief, Task } from '@aws-sdk/client-ecs';
import { causeOf } from '../../causes/index.ts';
import type { JudgeContext, Outcome } from '../../check.ts';
import { commonFactor } from '../../common-factor.ts';
import { taskId } from '../../facts/log-location.ts';
import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import type { Details, LogTail } from '../../report.ts';
import { stopTime } from '../../stop-time.ts';
import { groupStops, readStop, type StopGroup } from '../../stops.ts';
import { failedRevisions } from './revisions.ts';
import { stagesRuledOut } from './ruled-out.ts';
import { stopFinding } from './stop-finding.ts';
import { stopRow } from './stop-row.ts';
import { overBecause } from './superseded.ts';

/** Everything that is known about some stopped tasks; what could not be read is empty. */
export interface StopFacts {
  stopped: readonly Task[];
  running: readonly Task[];
  service: Service | undefined;
  /** Newest first; undefined where it could not be read. */
  history?: readonly ServiceDeploymentBrief[] | undefined;
  definitions: TaskDefinitions;
  logs: LogTail[];
}

/** Groups the stops, judges each group, and folds together those that ECS or somebody meant. */
export function judgeStops(facts: StopFacts, { target, scope }: JudgeContext): Outcome {
  const { running, service, history, definitions, logs } = facts;
  const groups = groupsOf(facts);
  const failing = groups.filter(({ cause }) => cause.severity !== 'info');
  const expected = groups.filter(({ cause }) => cause.severity === 'info');
  const over = new Map(failing.map((group) => [group, overBecause(failuresOf(group), service, history)]));
  const current = failing.filter((group) => over.get(group) === undefined);
  // What is over names the culprit only where nothing else fails.
  const revisions = failedRevisions(current.length > 0 ? current : failing, service, running);
  const known = { target, scope, service, running, definitions, logs, revisions };
  return {
    findings: [
      ...failing.map((group) => stopFinding(group, { ...known, over: over.get(group) })),
      ...stagesRuledOut(failing, revisions.newest, target),
    ],
    details: {
      stops: failing.map(stopRow),
      expectedStops: expectedStops(expected),
      commonFactor: commonFactor(
        failing.flatMap((group) => group.stops.map(({ task }) => task)),
        running,
        { revisionIsSaid: revisions.lastGood !== undefined },
      ),
      logs,
    },
  };
}

/** Grouped by what the tasks themselves say; the log of the newest then speaks for its whole group. */
export function groupsOf(
  facts: Pick<StopFacts, 'stopped' | 'service' | 'definitions' | 'logs'>,
): StopGroup[] {
  const { stopped, service, definitions } = facts;
  return groupStops(stopped.map((task) => readStop(task, definitions, { service }))).map((group) =>
    withLog(group, facts),
  );
}

export function failuresOf({ stops }: StopGroup) {
  return {
    revisions: stops.map(({ task }) => task.taskDefinitionArn),
    lastAt: Math.max(...stops.map(({ task }) => stopTime(task))),
  };
}

function withLog(
  group: StopGroup,
  { service, definitions, logs }: Pick<StopFacts, 'service' | 'definitions' | 'logs'>,
): StopGroup {
  const { cause, stops } = group;
  const { task } = stops[0];
  const tail = logs.find((log) => log.task === taskId(task) && log.container === cause.culprit);
  if (!tail || tail.lines.length === 0) return group;
  const logTail = tail.lines.map(({ message }) => message).join('\n');
  const read = readStop(task, definitions, { service, logTail });
  return { cause: read.explanations[0], stops };
}

function expectedStops(groups: readonly StopGroup[]): Details['expectedStops'] {
  const counts = new Map<string, number>();
  for (const { cause, stops } of groups)
    counts.set(cause.cause, (counts.get(cause.cause) ?? 0) + stops.length);
  return [...counts].map(([cause, count]) => ({ cause, count, text: causeOf(cause)?.title ?? cause }));
}
