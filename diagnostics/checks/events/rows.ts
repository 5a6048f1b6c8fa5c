import type { ServiceEvent } from '@aws-sdk/client-ecs';
import { type Explanation, explain } from '../../explain.ts';
import type { Details } from '../../report.ts';

type Row = NonNullable<Details['events']>[number];

/** What one event says, read once. */
export interface ReadEvent {
  at: number;
  message: string;
  read: Explanation;
  /** The text without what differs from one occurrence to the next. */
  template: string;
}

/** Reads events, newest first as ECS gives them. */
export function readEvents(events: readonly ServiceEvent[], context: Record<string, unknown>): ReadEvent[] {
  return events.flatMap(({ createdAt, message }) => {
    const [read] = explain({ where: 'service.event', text: message ?? '', context });
    if (!createdAt || !message || !read) return [];
    return [{ at: createdAt.getTime(), message, read, template: templateOf(message) }];
  });
}

/**
 * The slots of an event's text taken out: tasks, instances, deployments, addresses and counts. What it is about, a
 * target group, a zone, a reason, stays: the same fault in two groups is two faults.
 */
export function templateOf(message: string): string {
  return message
    .replace(/^\(?service [^)\s,]+(?:, taskSet [^)\s]+)?\)?,? ?/, '')
    .replace(/(?:\(task [^)]+\)[ .]*)+/g, '(task …) ')
    .replace(/\(?container-instance [0-9a-f-]{8,}\)?/g, '(container-instance …)')
    .replace(/\(?instance i-[0-9a-f]{8,}\)?/g, '(instance …)')
    .replace(/\(?(?:deployment|taskSet|task set) \(?ecs-svc\/\d+\)?/g, '(deployment …)')
    .replace(/\bRequest ?I[dD]:? [0-9a-f-]{36}/g, 'RequestId …')
    .replace(/\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '…')
    .replace(/\b\d+ ((?:running |pending )?(?:tasks?|targets?))\b/g, 'N $1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Events that say the same, with how often, first and last; those that were last said come first. */
export function eventRows(events: readonly ReadEvent[]): Row[] {
  const groups = Map.groupBy(events, ({ read, template }) => `${read.cause} ${template}`);
  return [...groups.values()]
    .flatMap((group): Row[] => {
      const [newest] = group;
      if (!newest) return [];
      const oldest = group.at(-1) ?? newest;
      return [
        {
          at: new Date(newest.at).toISOString(),
          firstAt: new Date(oldest.at).toISOString(),
          message: group.length === 1 ? withoutService(newest.message) : newest.template,
          count: group.length,
          code: newest.read.cause,
          severity: newest.read.severity,
        },
      ];
    })
    .sort((a, b) => Date.parse(b.at ?? '') - Date.parse(a.at ?? ''));
}

/** The service is the target of the answer; its name in every line says nothing. */
function withoutService(message: string): string {
  return message.replace(/^\(?service [^)\s,]+\)? /, '');
}
