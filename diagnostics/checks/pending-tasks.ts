import type { Service } from '@aws-sdk/client-ecs';
import { defineCheck, type Outcome } from '../check.ts';
import { containerInstances } from '../facts/container-instances.ts';
import { service } from '../facts/service.ts';
import { taskDefinitions } from '../facts/task-definitions.ts';
import { tasks } from '../facts/tasks.ts';
import { waitingLogs } from '../facts/waiting-logs.ts';
import { phaseWords } from '../pending/phases.ts';
import { plural } from '../words.ts';
import { noTaskFinding } from './pending/no-task.ts';
import { stuckFinding } from './pending/stuck-finding.ts';
import { logOf, phaseRows, type Waiting, waitingTasks } from './pending/waiting.ts';

/** Where each pending task stands, for how long, and whether that is normal for this service. */
export const pendingTasks = defineCheck({
  id: 'pending-tasks',
  question: 'where pending tasks stand',
  needs: { tasks },
  wants: { service, taskDefinitions, containerInstances, waitingLogs },
  judge(facts, context) {
    const { running, stopped } = facts.tasks;
    const { now } = context.scope;
    const described = facts.service?.ok ? facts.service.value : undefined;
    const definitions = facts.taskDefinitions?.ok ? facts.taskDefinitions.value : {};
    const instances = facts.containerInstances?.ok ? (facts.containerInstances.value?.instances ?? []) : [];
    const logs = facts.waitingLogs?.ok ? facts.waitingLogs.value : [];
    const waiting = waitingTasks({ running, stopped, definitions, instances, logs, now });
    const nothing = described
      ? noTaskFinding(described, { waiting: waiting.length, stopped: stopped.length }, context)
      : [];
    const known = { context, service: described, definitions, logs };
    // An agent that is away explains everything on its instance: until that is known, nothing else is followed up.
    const judged = waiting.filter(
      ({ task }) => facts.containerInstances !== undefined || task.containerInstanceArn === undefined,
    );
    return {
      findings: [...stuckGroups(judged).map((group) => stuckFinding(group, known)), ...nothing],
      details: {
        phases: phaseRows(waiting, now),
        logs: logs.filter((log) =>
          waiting.some(
            ({ task, block, stuck }) => stuck && block && logOf(task, block.container, logs) === log,
          ),
        ),
      },
      answer: answerOf(waiting, described),
      next: nothing.length > 0 ? ['capacity', 'service-events'] : [],
    };
  },
});

/** Tasks that are on their way as they should be are no problem, and still what was asked for. */
function answerOf(waiting: readonly Waiting[], described: Service | undefined): Outcome['answer'] {
  const [slowest] = waiting;
  if (!slowest || waiting.some(({ stuck }) => stuck)) return undefined;
  const counts =
    described === undefined
      ? ''
      : `${described.runningCount ?? 0} of ${described.desiredCount ?? 0} running, `;
  const words = phaseWords[slowest.station.phase];
  const which = waiting.length === 1 ? `it ${words}` : `the slowest ${words}`;
  const headline = `${counts}${plural(waiting.length, 'task')} on ${waiting.length === 1 ? 'its' : 'their'} way, none longer than it should be: ${which}`;
  return { state: 'healthy', headline };
}

function stuckGroups(waiting: readonly Waiting[]): [Waiting, ...Waiting[]][] {
  const groups = Map.groupBy(
    waiting.filter(({ stuck }) => stuck),
    ({ task, station, block, instance }) =>
      [
        task.taskDefinitionArn,
        station.phase,
        block?.container,
        block?.reason,
        instance?.agentConnected === false,
      ].join(' '),
  );
  return [...groups.values()].flatMap(([first, ...others]) => (first ? [[first, ...others]] : [])) as [
    Waiting,
    ...Waiting[],
  ][];
}
