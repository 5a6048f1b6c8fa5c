import type { Service, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { eventHistory } from '#diagnostics/checks/event-history.ts';
import { context, deployment, minutesAgo, read, service, stopped, tasksOf } from '../facts.ts';

interface Case {
  /** Minutes ago, and what was said. */
  events: [minutes: number, message: string][];
  service?: Partial<Service>;
  stopped?: Task[];
  /** Minutes that are looked back. */
  since?: number;
}

function judge({ events, service: more, stopped: stops = [], since }: Case) {
  const told = events.map(([ago, message]) => ({
    createdAt: minutesAgo(ago),
    message: `(service api) ${message}`,
  }));
  const scope = { ...context.scope, ...(since !== undefined && { since: minutesAgo(since) }) };
  return eventHistory.judge(
    { service: service({ events: told, ...more }), tasks: read(tasksOf(stops)) },
    { ...context, scope },
  );
}

const steady = 'has reached a steady state.';
const many = (from: number) =>
  Array.from({ length: 100 }, (_, index): [number, string] => [from + index, steady]);

describe('what the events cannot say', () => {
  it.each<[string, Case, RegExp | undefined]>([
    ['is what came before the hundred that are kept', { events: many(1) }, /before .*T10:20:00.000Z is gone/],
    ['is nothing where they reach back as far as was asked', { events: many(1), since: 60 }, undefined],
    [
      'is part of the time that was asked for',
      { events: many(1), since: 300 },
      /before .*T10:20:00.000Z is gone/,
    ],
    ['is anything where there are none', { events: [] }, /^There are no events: that proves nothing/],
    [
      'is anything where there are none of that time, and how old the newest is',
      { events: [[90, steady]], since: 60 },
      /^There are no events since 2026-01-01T11:00:00.000Z, the newest is of 2026-01-01T10:30:00.000Z: that proves/,
    ],
    ['is nothing where they are few', { events: [[5, steady]] }, undefined],
  ])('%s', (_, given, note) => {
    const notes = judge(given).details?.notes ?? [];
    if (note === undefined) expect(notes).toEqual([]);
    else expect(notes).toEqual([expect.stringMatching(note)]);
  });
});

describe('the next try', () => {
  const impaired: [number, string] = [20, 'is unable to consistently start tasks successfully.'];
  const short = { runningCount: 0, deployments: [deployment({ runningCount: 0, desiredCount: 2 })] };
  const tried = (ago: number, more: Partial<Task> = {}) =>
    stopped(ago, { createdAt: minutesAgo(ago + 1), startedBy: 'ecs-svc/1', ...more });

  it('is counted from the tries of the newest deployment', () => {
    const stops = [tried(1), tried(9), tried(3, { startedBy: 'ecs-svc/0' })];
    expect(judge({ events: [impaired], service: short, stopped: stops }).details?.backoff).toMatchObject({
      gapSeconds: 480,
    });
  });

  it('is no time in the past', () => {
    const { findings } = judge({ events: [impaired], service: short, stopped: [tried(9), tried(12)] });
    expect(findings[0]?.summary).toContain('the next due now, 2026-01-01T12:05:00.000Z at the latest');
  });

  it('is not told where nothing is missing', () => {
    const outcome = judge({ events: [impaired], stopped: [tried(1), tried(9)] });
    expect([outcome.details?.backoff, outcome.findings]).toEqual([undefined, []]);
  });
});
