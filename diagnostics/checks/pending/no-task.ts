import type { Service } from '@aws-sdk/client-ecs';
import { describeService } from '../../by-hand.ts';
import type { JudgeContext } from '../../check.ts';
import { findingOf, namesFor } from '../../findings.ts';
import { missingTasks } from '../../placement/compute.ts';
import type { Finding } from '../../report.ts';
import { cut, duration } from '../../words.ts';

/** Milliseconds within which a scheduler simply has not come round yet. */
const schedulerRound = 2 * 60_000;

/**
 * Tasks are missing and there is no task object at all, neither one on its way nor one that stopped: only the
 * scheduler knows why, and it says so in the events, if it still does.
 */
export function noTaskFinding(
  service: Service,
  known: { waiting: number; stopped: number },
  { target, scope }: JudgeContext,
): Finding[] {
  const missing = missingTasks(service);
  // Of one task that was asked for the others were not looked at; and what ECS counts as pending is on its way.
  if (target.task !== undefined || (service.pendingCount ?? 0) > 0) return [];
  if (missing === 0 || known.waiting > 0 || known.stopped > 0) return [];
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  const since = primary?.updatedAt ?? primary?.createdAt ?? service.createdAt;
  if (since && scope.now.getTime() - since.getTime() < schedulerRound) return [];
  const newest = service.events?.[0];
  const said =
    newest?.createdAt === undefined
      ? 'its events say nothing'
      : `the last event, ${duration(scope.now.getTime() - newest.createdAt.getTime())} ago: ${cut(newest.message ?? '', 200)}`;
  const counts = `${service.runningCount ?? 0} of ${service.desiredCount ?? 0}`;
  return [
    findingOf(
      {
        cause: 'no-task-started',
        status: 'confirmed',
        severity: 'error',
        owner: 'capacity',
        names: {},
        why: 'tasks are missing and none is on its way',
        decide: 'the reason that the scheduler gives in the events of the service',
      },
      namesFor(target, { service }),
      {
        subject: service.serviceArn,
        summary: `${counts} run and no task is on its way; ${said}`,
        count: missing,
        evidence: [
          {
            api: 'ecs:DescribeServices',
            field: 'services[0].runningCount',
            value: `${counts} running, ${service.pendingCount ?? 0} pending`,
            at: newest?.createdAt?.toISOString(),
            cli: describeService(target),
          },
        ],
      },
    ),
  ];
}
