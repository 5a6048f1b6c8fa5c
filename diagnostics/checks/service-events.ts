import type { Service, ServiceEvent } from '@aws-sdk/client-ecs';
import { describeService } from '../by-hand.ts';
import { defineCheck } from '../check.ts';
import { type Explanation, explain } from '../explain.ts';
import { service } from '../facts/service.ts';
import { findingOf, inWords, namesFor } from '../findings.ts';
import { times } from '../words.ts';

/** ECS holds back a repeated event for up to six hours, so a fault of now may have spoken that long ago. Milliseconds. */
const window = 6 * 3_600_000;

/** What the service's own events speak of, as far as it is not over. */
export const serviceEvents = defineCheck({
  id: 'service-events',
  question: 'what the service events say',
  needs: { service },
  judge(facts, { target, scope }) {
    const described = facts.service;
    if (!described) return { findings: [] };
    const names = namesFor(target, { service: described });
    const now = scope.now.getTime();
    const findings = byCause(currentEvents(described, now), described).map(({ explanation, events }) => {
      const at = events.map(({ createdAt }) => createdAt?.getTime() ?? 0);
      const [newest] = events;
      const time = newest?.createdAt?.toISOString();
      return findingOf(explanation, names, {
        subject: described.serviceArn,
        summary: `${inWords(explanation)}, ${times(events.length, Math.min(...at), Math.max(...at), now)}.`,
        count: events.length,
        firstAt: new Date(Math.min(...at)).toISOString(),
        lastAt: new Date(Math.max(...at)).toISOString(),
        evidence: [
          {
            api: 'ecs:DescribeServices',
            field: 'services[0].events[].message',
            value: newest?.message ?? '',
            at: time,
            cli: describeService(target),
          },
        ],
        next: ['status'],
      });
    });
    return { findings };
  },
});

/** Milliseconds before a steady state in which an event may still speak of what fails again right after it. */
const relapse = 15 * 60_000;

/** Events that still matter: those that nothing has ended since. */
function currentEvents(described: Service, now: number): ServiceEvent[] {
  const { events = [], deployments = [] } = described;
  const short = (described.runningCount ?? 0) < (described.desiredCount ?? 0);
  const rolling = deployments.some(
    ({ rolloutState }) => rolloutState !== undefined && rolloutState !== 'COMPLETED',
  );
  const steady = events.find(({ message }) => /has reached a steady state/.test(message ?? ''));
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const over = endOf(steady?.createdAt?.getTime(), primary?.createdAt?.getTime(), { short, rolling });
  const open = events.filter(({ createdAt }) => (createdAt?.getTime() ?? 0) > over);
  const recent = open.filter(({ createdAt }) => (createdAt?.getTime() ?? 0) > now - window);
  // A service that has been short for days falls silent; its last words are all there is.
  return recent.length > 0 || !(short || rolling) ? recent : open.slice(0, 20);
}

/**
 * Until when events are over. A steady state ends what lies before it, but ECS repeats it while a newer deployment
 * fails: there only what lies before that deployment is over too. Where tasks are missing again, what was said just
 * before the steady state may be why.
 */
function endOf(
  steady: number | undefined,
  deployed: number | undefined,
  { short, rolling }: { short: boolean; rolling: boolean },
): number {
  if (rolling) return Math.min(steady ?? deployed ?? 0, deployed ?? 0);
  return short ? (steady ?? 0) - relapse : (steady ?? 0);
}

interface EventGroup {
  explanation: Explanation;
  events: ServiceEvent[];
}

function byCause(events: readonly ServiceEvent[], described: Service): EventGroup[] {
  const groups = new Map<string, EventGroup>();
  for (const event of events) {
    const [explanation] = explain({
      where: 'service.event',
      text: event.message ?? '',
      context: {
        launchType: described.launchType,
        desiredCount: described.desiredCount,
        runningCount: described.runningCount,
      },
    });
    if (!explanation || explanation.severity === 'info' || explanation.cause === 'unknown') continue;
    const group = groups.get(explanation.cause);
    if (group) group.events.push(event);
    else groups.set(explanation.cause, { explanation, events: [event] });
  }
  return [...groups.values()];
}
