import { describe, expect, it } from 'vitest';
import { backoffOf } from '#diagnostics/checks/events/backoff.ts';
import { eventRows, readEvents, templateOf } from '#diagnostics/checks/events/rows.ts';
import { nextTryWords } from '#diagnostics/waiting-words.ts';
import { now as asOf, minutesAgo } from '../facts.ts';

const task = (digit: string) => `(task ${digit.repeat(32)})`;
const group = 'arn:aws:elasticloadbalancing:us-east-1:222222222222:targetgroup/api/0123456789abcdef';

describe('the template of an event', () => {
  it.each([
    [
      'tasks and their number',
      `(service api) has started 1 tasks: ${task('a')}.`,
      `(service api) has started 3 tasks: ${task('b')} ${task('c')} ${task('d')}.`,
    ],
    [
      'a task that is unhealthy',
      `(service api) ${task('a')} (port 80) is unhealthy in (target-group ${group}) due to (reason Request timed out).`,
      `(service api) ${task('b')} (port 80) is unhealthy in (target-group ${group}) due to (reason Request timed out).`,
    ],
    [
      'the closest instance, with and without brackets',
      'service api was unable to place a task because no container instance met all of its requirements. The closest matching container-instance 3c4756c506d582a923864ea2013b71af has insufficient memory available.',
      '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance d8ec03d88bf3a204660aab2678523c82) has insufficient memory available.',
    ],
    [
      'the deployment',
      '(service api) (deployment ecs-svc/1111222233334444555) deployment completed.',
      '(service api) (deployment ecs-svc/9) deployment completed.',
    ],
  ])('leaves out %s', (_, one, other) => {
    expect(templateOf(one)).toBe(templateOf(other));
  });

  it.each([
    [
      'the target group',
      `(service api) ${task('a')} is unhealthy in (target-group ${group}) due to (reason Request timed out).`,
      `(service api) ${task('a')} is unhealthy in (target-group ${group}0) due to (reason Request timed out).`,
    ],
    [
      'the reason',
      '(service api) was unable to place a task. Reason: RESOURCE:FARGATE.',
      '(service api) was unable to place a task. Reason: Internal error.',
    ],
  ])('keeps %s', (_, one, other) => {
    expect(templateOf(one)).not.toBe(templateOf(other));
  });
});

const at = (minutes: number, message: string) => ({
  createdAt: minutesAgo(minutes),
  message: `(service api) ${message}`,
});

describe('events as rows', () => {
  const rows = eventRows(
    readEvents(
      [
        at(1, `has started 1 tasks: ${task('a')}.`),
        at(2, 'was unable to place a task. Reason: RESOURCE:FARGATE.'),
        at(4, `has started 2 tasks: ${task('b')} ${task('c')}.`),
        at(9, 'was unable to place a task. Reason: RESOURCE:FARGATE.'),
        at(30, 'has reached a steady state.'),
      ],
      {},
    ),
  );

  it('say each thing once, with how often, first and last, newest first', () => {
    expect(rows.map(({ code, count }) => [code, count])).toEqual([
      ['normal-event', 2],
      ['fargate-capacity-unavailable', 2],
      ['steady-state', 1],
    ]);
    expect(rows[1]).toMatchObject({
      at: minutesAgo(2).toISOString(),
      firstAt: minutesAgo(9).toISOString(),
      message: 'was unable to place a task. Reason: RESOURCE:FARGATE.',
    });
  });

  it('tell what is routine from what is not', () => {
    expect(rows.map(({ severity }) => severity)).toEqual(['info', 'warn', 'info']);
  });
});

describe('the next try', () => {
  const now = asOf.getTime();
  const impaired = at(20, 'is unable to consistently start tasks successfully.');
  const started = (minutes: number) => at(minutes, `has started 1 tasks: ${task('a')}.`);
  const read = (events: ReturnType<typeof at>[]) => readEvents(events, {});
  const long = minutesAgo(600).getTime();

  it('is as far from the last as that was from the one before, and a quarter of an hour at most', () => {
    expect(backoffOf(read([started(2), started(10), impaired, started(25)]), long, [], now)).toMatchObject({
      lastTry: minutesAgo(2).toISOString(),
      gapSeconds: 480,
      nextTry: minutesAgo(-6).toISOString(),
      latest: minutesAgo(-13).toISOString(),
    });
    expect(backoffOf(read([started(2), impaired, started(40)]), long, [], now)?.nextTry).toBe(
      minutesAgo(-13).toISOString(),
    );
  });

  it('is due where its time has passed, and has no time of its own then', () => {
    const due = backoffOf(read([started(9), started(12), impaired]), long, [], now);
    const latest = minutesAgo(-6).toISOString();
    expect(due).toMatchObject({ gapSeconds: 180, latest });
    expect(due?.nextTry).toBeUndefined();
    expect(nextTryWords(due ?? {})).toBe(`due now, ${latest} at the latest`);
  });

  it('is due where even the longest wait has passed', () => {
    const due = backoffOf(read([started(40), started(50), impaired]), long, [], now);
    expect(due).toMatchObject({ lastTry: minutesAgo(40).toISOString() });
    expect(nextTryWords(due ?? {})).toBe('due now');
  });

  it('is counted from tasks too, whose start events may be gone', () => {
    expect(
      backoffOf(read([impaired]), long, [minutesAgo(3), minutesAgo(8)].map(Number), now)?.gapSeconds,
    ).toBe(300);
  });

  it.each([
    ['no event says that tasks do not start', [started(2), started(10)], long],
    ['a deployment began since', [started(2), started(10), impaired], minutesAgo(12).getTime()],
    [
      'it has been steady since',
      [at(1, 'has reached a steady state.'), started(2), started(10), impaired],
      long,
    ],
    ['there was one try alone', [started(2), impaired], long],
  ])('is not told where %s', (_, events, deployedAt) => {
    expect(backoffOf(read(events), deployedAt, [], now)).toBeUndefined();
  });
});
