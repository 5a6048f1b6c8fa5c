import type { Deployment, Service, ServiceDeploymentBrief, Task } from '@aws-sdk/client-ecs';
import { describeService, listServiceDeployments } from '../by-hand.ts';
import { defineCheck, type JudgeContext } from '../check.ts';
import { explain } from '../explain.ts';
import { service } from '../facts/service.ts';
import { serviceDeployments } from '../facts/service-deployments.ts';
import { tasks } from '../facts/tasks.ts';
import { findingOf, namesFor } from '../findings.ts';
import type { Finding, Now } from '../report.ts';
import { stopTime } from '../stop-time.ts';
import { duration, revisionOf, times } from '../words.ts';
import { overBecause } from './stops/superseded.ts';

/** How the service stands, and the symptoms that its deployments and its stops show. */
export const serviceState = defineCheck({
  id: 'service-state',
  question: 'how the service stands',
  needs: { service },
  wants: { tasks, serviceDeployments },
  judge(facts, context) {
    const described = facts.service;
    if (!described) return { findings: [], answer: notOfService };
    const history = facts.serviceDeployments?.ok ? facts.serviceDeployments.value : undefined;
    const known = facts.tasks?.ok ? facts.tasks.value : undefined;
    const running = known?.running ?? [];
    return {
      findings: [
        ...rolloutFindings(described, context),
        ...rollbackFindings(described, history ?? [], context),
        ...crashLoopFindings(described, known?.stopped ?? [], history, context),
      ],
      details: { now: nowOf(described, running) },
    };
  },
});

const notOfService = {
  state: 'unknown',
  headline: 'only a service has a status; why-stopped and logs read a task',
} as const;

/** How many tasks run of how many, and the deployments that they are of. */
export function nowOf(described: Service, running: readonly Task[]): Now {
  const deployments = described.deployments ?? [];
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const good = deployments.find(
    (deployment) => deployment.rolloutState === 'COMPLETED' && (deployment.runningCount ?? 0) > 0,
  );
  const survivor = running.find(
    (task) => task.lastStatus === 'RUNNING' && task.taskDefinitionArn !== primary?.taskDefinition,
  );
  const lastGood = good?.taskDefinition ?? survivor?.taskDefinitionArn;
  return {
    desired: described.desiredCount ?? 0,
    running: described.runningCount ?? 0,
    pending: described.pendingCount ?? 0,
    deployments: deployments.map((deployment) => ({
      id: deployment.id,
      revision: revisionOf(deployment.taskDefinition),
      status: deployment.status ?? 'UNKNOWN',
      rolloutState: deployment.rolloutState,
      // "in progress" and "completed" are said by the state itself.
      reason: deployment.rolloutState === 'FAILED' ? deployment.rolloutStateReason : undefined,
      running: deployment.runningCount ?? 0,
      desired: deployment.desiredCount ?? 0,
      pending: deployment.pendingCount ?? 0,
      failed: deployment.failedTasks ?? 0,
      since: deployment.createdAt?.toISOString(),
    })),
    lastGoodRevision: lastGood === undefined ? undefined : revisionOf(lastGood),
  };
}

/** A deployment that says of itself that it failed or is going back. rolloutState exists for rolling ones only. */
function rolloutFindings(described: Service, { target }: JudgeContext): Finding[] {
  return (described.deployments ?? []).flatMap((deployment) => {
    const { rolloutState, rolloutStateReason } = deployment;
    if (!rolloutStateReason || (rolloutState === 'COMPLETED' && deployment.status !== 'PRIMARY')) return [];
    const [best] = explain({
      where: 'deployment.rolloutStateReason',
      text: rolloutStateReason,
      context: { rolloutState, desiredCount: described.desiredCount, runningCount: described.runningCount },
    });
    if (!best || best.severity === 'info' || best.cause === 'unknown') return [];
    const value = `${rolloutState ?? ''} ${rolloutStateReason}`.trim();
    const at = (deployment.updatedAt ?? deployment.createdAt)?.toISOString();
    return [
      findingOf(best, namesFor(target, { service: described }), {
        subject: described.serviceArn,
        summary: `The deployment of ${revisionOf(deployment.taskDefinition)}: ${rolloutStateReason}`,
        lastAt: at,
        evidence: [
          {
            api: 'ecs:DescribeServices',
            field: rolloutField(deployment),
            value,
            at,
            cli: describeService(target),
          },
        ],
        next: ['status'],
      }),
    ];
  });
}

function rolloutField({ status }: Deployment): string {
  return `services[0].deployments[${status ?? ''}].rolloutStateReason`;
}

/** How old a finished rollback may be and still be the reason somebody asks. Milliseconds. */
const rollbackMatters = 24 * 3_600_000;

/** The newest deployment ended as a rollback: what was meant to be live is not. */
function rollbackFindings(
  described: Service,
  [newest]: readonly ServiceDeploymentBrief[],
  { target, scope }: JudgeContext,
): Finding[] {
  if (!newest?.status?.startsWith('ROLLBACK')) return [];
  const at = newest.finishedAt ?? newest.startedAt ?? newest.createdAt;
  if (at && scope.now.getTime() - at.getTime() > rollbackMatters) return [];
  const live = described.deployments?.find(({ status }) => status === 'PRIMARY')?.taskDefinition;
  const reason = newest.statusReason ? `: ${newest.statusReason}` : '';
  const time = at?.toISOString();
  return [
    findingOf(
      {
        cause: 'deployment-rolling-back',
        status: 'confirmed',
        severity: 'warn',
        owner: 'application',
        names: {},
        why: 'the newest deployment ended as a rollback',
      },
      namesFor(target, { service: described }),
      {
        subject: described.serviceArn,
        summary: `The newest deployment was rolled back; ${revisionOf(live)} is live, the new revision is not${reason}`,
        lastAt: time,
        evidence: [
          {
            api: 'ecs:ListServiceDeployments',
            field: 'serviceDeployments[0].status',
            value: `${newest.status}${reason}`,
            at: time,
            cli: listServiceDeployments(target),
          },
        ],
        next: ['status'],
      },
    ),
  ];
}

/** A task that served longer than this did not die of starting. Milliseconds. */
const shortLife = 30 * 60_000;

/** Milliseconds that a task ran; for ever where it never started, since it did not die after starting. */
function lifetime({ startedAt, stoppingAt, stoppedAt }: Task): number {
  const ended = stoppingAt ?? stoppedAt;
  return startedAt && ended ? ended.getTime() - startedAt.getTime() : Number.POSITIVE_INFINITY;
}

/** Ends of started tasks of one revision within the hour that make a loop rather than bad luck. */
const loopAtLeast = 3;

/**
 * Tasks that reach RUNNING and die, again and again. ECS does not slow such a service down, sends no event, and
 * sets failedTasks back each time one runs, so only the stops themselves show it.
 */
function crashLoopFindings(
  described: Service,
  stopped: readonly Task[],
  history: readonly ServiceDeploymentBrief[] | undefined,
  { target, scope }: JudgeContext,
): Finding[] {
  const ended = stopped.filter(
    (task) => task.stopCode === 'EssentialContainerExited' && lifetime(task) < shortLife,
  );
  const revision = ended[0]?.taskDefinitionArn;
  const loop = ended.filter((task) => task.taskDefinitionArn === revision);
  if (loop.length < loopAtLeast) return [];
  const at = loop.map(stopTime);
  const over = overBecause({ revisions: [revision], lastAt: Math.max(...at) }, described, history);
  const lifetimes = loop.map(lifetime).sort((a, b) => a - b);
  const typical = duration(lifetimes[Math.floor(lifetimes.length / 2)] ?? 0);
  const often = times(loop.length, Math.min(...at), Math.max(...at), scope.now.getTime());
  return [
    findingOf(
      {
        cause: 'crash-loop-after-running',
        status: 'confirmed',
        severity: 'error',
        owner: 'application',
        names: {},
        why: 'started tasks of one revision ended again and again',
      },
      namesFor(target, { service: described }),
      {
        subject: described.serviceArn,
        summary: `Tasks of ${revisionOf(revision)} reach RUNNING and end after about ${typical}, ${often}${over === undefined ? '' : `; ${over}`}.`,
        alsoSeen: over === undefined ? undefined : true,
        count: loop.length,
        firstAt: new Date(Math.min(...at)).toISOString(),
        lastAt: new Date(Math.max(...at)).toISOString(),
        evidence: [
          {
            api: 'ecs:DescribeTasks',
            field: 'tasks[].stopCode',
            value: `EssentialContainerExited × ${loop.length}, each after startedAt`,
            at: new Date(Math.max(...at)).toISOString(),
          },
        ],
      },
    ),
  ];
}
