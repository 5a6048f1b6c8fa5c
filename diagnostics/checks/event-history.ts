import { describeService } from '../by-hand.ts';
import { defineCheck } from '../check.ts';
import { service } from '../facts/service.ts';
import { tasks } from '../facts/tasks.ts';
import { findingOf, namesFor } from '../findings.ts';
import { missingTasks } from '../placement/compute.ts';
import type { Finding } from '../report.ts';
import type { Backoff } from '../waiting-details.ts';
import { nextTryWords } from '../waiting-words.ts';
import { backoffOf } from './events/backoff.ts';
import { eventRows, type ReadEvent, readEvents } from './events/rows.ts';

/** DescribeServices gives no more events than this, and none older. */
const mostEvents = 100;

/** Everything that the service's events say, each thing once, and whether ECS is slowing down. */
export const eventHistory = defineCheck({
  id: 'event-history',
  question: 'what the service events say',
  needs: { service },
  wants: { tasks },
  judge(facts, { target, scope }) {
    const described = facts.service;
    if (!described) return { findings: [] };
    const since = scope.since?.getTime() ?? 0;
    const { launchType, desiredCount, runningCount } = described;
    const all = readEvents(described.events ?? [], { launchType, desiredCount, runningCount });
    const events = all.filter(({ at }) => at >= since);
    const known = facts.tasks?.ok ? facts.tasks.value : undefined;
    const primary = described.deployments?.find(({ status }) => status === 'PRIMARY');
    const tries = [...(known?.stopped ?? []), ...(known?.running ?? [])]
      // A task that is replaced beside a new deployment is no try of that.
      .filter(({ startedBy }) => primary?.id === undefined || startedBy === primary.id)
      .flatMap(({ createdAt }) => createdAt?.getTime() ?? []);
    const missing = missingTasks(described);
    const deployedAt = primary?.createdAt?.getTime() ?? 0;
    const backoff = missing === 0 ? undefined : backoffOf(all, deployedAt, tries, scope.now.getTime());
    const names = namesFor(target, { service: described });
    return {
      findings: backoff
        ? [backoffFinding(backoff, names, described.serviceArn, describeService(target))]
        : [],
      details: { events: eventRows(events), backoff, notes: limitsOf(all, scope.since) },
      next: missing > 0 ? ['pending-tasks', 'stopped-tasks'] : [],
    };
  },
});

/** What the events cannot say, newest first as they are given. */
function limitsOf(all: readonly ReadEvent[], since: Date | undefined): string[] {
  const [newest] = all;
  const oldest = all.at(-1);
  if (!newest || !oldest)
    return ['There are no events: that proves nothing, ECS holds repeats back for hours.'];
  const from = since?.getTime() ?? 0;
  if (newest.at < from) {
    return [
      `There are no events since ${new Date(from).toISOString()}, the newest is of ${new Date(newest.at).toISOString()}: that proves nothing, ECS holds repeats back for hours.`,
    ];
  }
  if (all.length < mostEvents || oldest.at <= from) return [];
  return [
    `ECS keeps the newest ${mostEvents} events; what it said before ${new Date(oldest.at).toISOString()} is gone.`,
  ];
}

function backoffFinding(
  backoff: Backoff,
  names: Parameters<typeof findingOf>[1],
  subject: string | undefined,
  cli: string,
): Finding {
  return findingOf(
    {
      cause: 'service-start-impaired',
      status: 'confirmed',
      severity: 'error',
      owner: 'application',
      names: {},
      why: 'ECS says that tasks do not start, and its tries lie further and further apart',
      decide: 'the reason that the stopped tasks give',
    },
    names,
    {
      subject,
      summary: `ECS slows its tries down: the last one at ${backoff.lastTry}, the next ${nextTryWords(backoff)}; a new deployment starts at once.`,
      firstAt: backoff.since,
      evidence: [
        {
          api: 'ecs:DescribeServices',
          field: 'services[0].events[].createdAt',
          value: `tries ${backoff.gapSeconds} s apart, the last at ${backoff.lastTry}`,
          at: backoff.lastTry,
          cli,
        },
      ],
    },
  );
}
