import type { Service, Task } from '@aws-sdk/client-ecs';
import { causeOf } from '../../causes/index.ts';
import type { JudgeContext, Outcome } from '../../check.ts';
import { commonFactor } from '../../common-factor.ts';
import type { TaskDefinitions } from '../../facts/task-definitions.ts';
import type { Details, LogTail } from '../../report.ts';
import { groupStops, readStop, type StopGroup } from '../../stops.ts';
import { failedRevisions } from './revisions.ts';
import { stagesRuledOut } from './ruled-out.ts';
import { stopFinding } from './stop-finding.ts';
import { stopRow } from './stop-row.ts';

/** Everything that is known about some stopped tasks; what could not be read is empty. */
export interface StopFacts {
  stopped: readonly Task[];
  running: readonly Task[];
  service: Service | undefined;
  definitions: TaskDefinitions;
  logs: LogTail[];
}

/** Groups the stops, judges each group, and folds together those that ECS or somebody meant. */
export function judgeStops(facts: StopFacts, { target, scope }: JudgeContext): Outcome {
  const { stopped, running, service, definitions, logs } = facts;
  const stops = stopped.map((task) =>
    readStop(task, definitions, { logTail: (id, name) => textOf(logs, id, name) }),
  );
  const groups = groupStops(stops);
  const failing = groups.filter(({ cause }) => cause.severity !== 'info');
  const expected = groups.filter(({ cause }) => cause.severity === 'info');
  const revisions = failedRevisions(failing, service, running);
  const known = { target, scope, service, running, definitions, logs, revisions };
  return {
    findings: [
      ...failing.map((group) => stopFinding(group, known)),
      ...stagesRuledOut(failing, revisions.newest, target),
    ],
    details: {
      stops: failing.map(stopRow),
      expectedStops: expectedStops(expected),
      commonFactor: commonFactor(
        failing.flatMap((group) => group.stops.map(({ task }) => task)),
        running,
      ),
      logs,
    },
  };
}

function textOf(logs: readonly LogTail[], task: string, container: string): string | undefined {
  const tail = logs.find((log) => log.task === task && log.container === container);
  return tail && tail.lines.length > 0 ? tail.lines.map((line) => line.message).join('\n') : undefined;
}

function expectedStops(groups: readonly StopGroup[]): Details['expectedStops'] {
  const counts = new Map<string, number>();
  for (const { cause, stops } of groups)
    counts.set(cause.cause, (counts.get(cause.cause) ?? 0) + stops.length);
  return [...counts].map(([cause, count]) => ({ cause, count, text: causeOf(cause)?.title ?? cause }));
}
