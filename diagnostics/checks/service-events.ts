import type { Service, ServiceEvent } from '@aws-sdk/client-ecs';
import { describeService } from '../by-hand.ts';
import { symptoms } from '../chain.ts';
import { defineCheck } from '../check.ts';
import { type Explanation, explain } from '../explain.ts';
import { service } from '../facts/service.ts';
import { findingOf, inWords, namesFor } from '../findings.ts';
import { times } from '../words.ts';
import { isRecent, openEvents } from './events/open.ts';

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
    const { events: open, asOf } = openEvents(described, now);
    const groups = byCause(open, described);
    const past = groups.filter(({ events }) => !isRecent(events[0], asOf));
    const isTold = groups.some(
      (group) => !past.includes(group) && !symptoms.includes(group.explanation.cause),
    );
    const findings = groups.map((group) => {
      const { events } = group;
      const isPast = past.includes(group);
      const explanation = isPast ? notRepeated(group.explanation) : group.explanation;
      const at = events.map(({ createdAt }) => createdAt?.getTime() ?? 0);
      const [newest] = events;
      const time = newest?.createdAt?.toISOString();
      return findingOf(explanation, names, {
        subject: described.serviceArn,
        summary: `${inWords(explanation)}, ${times(events.length, Math.min(...at), Math.max(...at), now)}.`,
        count: events.length,
        firstAt: new Date(Math.min(...at)).toISOString(),
        lastAt: new Date(Math.max(...at)).toISOString(),
        alsoSeen: isPast && isTold ? true : undefined,
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

/** What began the trouble may go on, but ECS would have said it again by now. */
function notRepeated(explanation: Explanation): Explanation {
  const { status, decide = 'whether ECS says it again, and what the next stop says' } = explanation;
  return { ...explanation, status: status === 'confirmed' ? 'likely' : status, decide };
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
