import type { Service, Task } from '@aws-sdk/client-ecs';
import { describeService, filterLogEvents, getLogEvents } from '../by-hand.ts';
import { defineCheck, type JudgeContext, type Outcome } from '../check.ts';
import { cluesInLog } from '../explain.ts';
import { capturedStops } from '../facts/captured-stops.ts';
import { crashLogs } from '../facts/crash-logs.ts';
import { leftoverLogs } from '../facts/leftover-logs.ts';
import { taskId } from '../facts/log-location.ts';
import { service } from '../facts/service.ts';
import { serviceDeployments } from '../facts/service-deployments.ts';
import { deployedTaskDefinitions, taskDefinitions } from '../facts/task-definitions.ts';
import { type Tasks, tasks } from '../facts/tasks.ts';
import { findingOf, namesFor } from '../findings.ts';
import type { LogTail } from '../report.ts';
import { stopTime } from '../stop-time.ts';
import { cut } from '../words.ts';
import { judgeStops } from './stops/judge-stops.ts';
import { decisiveLine } from './stops/log-evidence.ts';

/**
 * Tasks that ECS has forgotten, rung by rung: captured events hold all that DescribeTasks did; a log stream holds
 * the last words; when neither does, it is said that nothing is left. Always says which rung answered.
 */
export const expiredStops = defineCheck({
  id: 'expired-stops',
  question: 'why tasks stopped that ECS no longer knows',
  needs: { tasks },
  wants: {
    service,
    serviceDeployments,
    capturedStops,
    leftoverLogs,
    crashLogs,
    taskDefinitions,
    deployedTaskDefinitions,
  },
  judge(facts, context) {
    const described = facts.service?.ok ? facts.service.value : undefined;
    const definitions = {
      ...(facts.deployedTaskDefinitions?.ok && facts.deployedTaskDefinitions.value),
      ...(facts.taskDefinitions?.ok && facts.taskDefinitions.value),
    };
    const captured = facts.capturedStops?.ok ? facts.capturedStops.value : undefined;
    const logs = facts.leftoverLogs?.ok ? facts.leftoverLogs.value : [];
    if (captured && captured.stopped.length > 0) {
      const known = {
        stopped: together(facts.tasks.stopped, captured.stopped),
        running: facts.tasks.running,
        service: described,
        history: facts.serviceDeployments?.ok ? facts.serviceDeployments.value : undefined,
        definitions,
        logs: [...(facts.crashLogs?.ok ? facts.crashLogs.value : []), ...logs],
      };
      const outcome = judgeStops(known, context);
      const these = facts.tasks.stopped.length === 0 ? 'these tasks' : 'the older of these tasks';
      const source = `ECS has forgotten ${these}; captured events in ${captured.group} answered.`;
      return {
        ...outcome,
        details: { ...outcome.details, source },
        answer: answerOf(outcome, context),
        answersFor: 'stopped-tasks',
      };
    }
    if (!isUnanswered(facts.tasks, described, context))
      return { findings: [], ...(captured && { details: { source: unremembered(captured.missing) } }) };
    const written = logs.filter((log) => log.lines.length > 0);
    if (written.length > 0) return fromLogs(written, described, context);
    // Judged before everything came, or by a right that is missing: then there is nothing to say yet.
    if (!captured || !facts.leftoverLogs) return { findings: [] };
    return fromNothing(described, captured.missing, context);
  },
});

/**
 * Those that ECS still knows and those that only the events hold: their groups are counted together, each task
 * once, and as ECS describes it. Newest stop first.
 */
function together(known: readonly Task[], captured: readonly Task[]): Task[] {
  const ids = new Set(known.map(taskId));
  const older = captured.filter((task) => !ids.has(taskId(task)));
  return [...known, ...older].sort((a, b) => stopTime(b) - stopTime(a));
}

/** Of one task that was asked about, that it was meant to stop: of its service that would say nothing. */
function answerOf({ details }: Outcome, { target }: JudgeContext): Outcome['answer'] {
  const [expected] = details?.expectedStops ?? [];
  if (target.task === undefined || !expected || details?.stops?.length) return undefined;
  return { state: 'healthy', headline: `the task did not fail: ${expected.text}` };
}

/** Tasks are missing, or one is asked about, and nothing that ECS still knows says why. */
function isUnanswered(
  { stopped, forgotten }: Tasks,
  described: Service | undefined,
  { target }: JudgeContext,
): boolean {
  if (forgotten.length > 0 || target.task !== undefined) return true;
  const isWhole = described !== undefined && (described.runningCount ?? 0) >= (described.desiredCount ?? 0);
  return stopped.length === 0 && !isWhole;
}

function unremembered(missing: string | undefined): string {
  return `ECS keeps stopped tasks for about an hour, and nothing else remembers them${missing ? `: ${missing}` : ''}.`;
}

function fromLogs(logs: LogTail[], described: Service | undefined, { target }: JudgeContext): Outcome {
  const source = `ECS has forgotten the task; its log stream ${logs[0]?.stream ?? ''} is what is left.`;
  const findings = logs.flatMap((log) => {
    const clue = cluesInLog(log.lines.map((line) => line.message));
    const line = decisiveLine(log);
    if (!clue || !line || !log.group || !log.stream) return [];
    return [
      findingOf(
        { ...clue, status: 'likely' },
        namesFor(target, { service: described, container: log.container }),
        {
          subject: described?.serviceArn,
          summary: `The last lines of ${log.container} say “${cut(line.message.trim(), 200)}”.`,
          lastAt: line.at,
          evidence: [
            {
              api: 'logs:GetLogEvents',
              field: 'events[].message',
              value: cut(line.message, 300),
              at: line.at,
              cli: getLogEvents(target, log.group, log.stream),
            },
          ],
        },
      ),
    ];
  });
  return { findings, details: { logs, source } };
}

/** Milliseconds in which a deployment may be short of tasks without any having failed. */
const firstMinutes = 15 * 60_000;

/** A deployment has just begun, and none of its tasks has failed. */
function isYoung({ deployments = [] }: Service, now: Date): boolean {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const age = now.getTime() - (primary?.createdAt?.getTime() ?? 0);
  return age < firstMinutes && (primary?.failedTasks ?? 0) === 0 && primary?.rolloutState !== 'COMPLETED';
}

function fromNothing(
  described: Service | undefined,
  missing: string | undefined,
  { target, scope }: JudgeContext,
): Outcome {
  const running = described?.runningCount ?? 0;
  const desired = described?.desiredCount ?? 0;
  const source = unremembered(missing);
  // Those that are missing are on their way, and none has stopped within the hour.
  const coming = described?.pendingCount ?? 0;
  if (!described || running + coming >= desired || isYoung(described, scope.now))
    return { findings: [], details: { source } };
  const group = `/aws/events/ecs/containerinsights/${target.cluster ?? ''}/performance`;
  return {
    findings: [
      findingOf(
        {
          cause: 'exit-unknown',
          status: 'open',
          severity: 'error',
          owner: 'application',
          names: {},
          why: 'no stopped task is left to read',
          decide: `the next stop, or captured events: ${filterLogEvents(target, group, 'STOPPED')}`,
        },
        namesFor(target, { service: described }),
        {
          subject: described.serviceArn,
          summary: `${running} of ${desired} run, and no stopped task is left that would say why.`,
          evidence: [
            {
              api: 'ecs:DescribeServices',
              field: 'services[0].runningCount',
              value: `${running} of ${desired}`,
              cli: describeService(target),
            },
          ],
        },
      ),
    ],
    details: { source },
  };
}
