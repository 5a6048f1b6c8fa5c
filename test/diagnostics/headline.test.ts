import { describe, expect, it } from 'vitest';
import { proofOf } from '#diagnostics/proof.ts';
import type { Details, Finding, NotChecked } from '#diagnostics/report.ts';
import { verdictOf } from '#diagnostics/verdict.ts';
import { finding, minutesAgo, now, state, target, verdict } from './judged.ts';

describe('how sure it is stands in the headline', () => {
  it.each<[Finding, string, string]>([
    [finding('x', { title: 'out of memory' }), 'confirmed', 'api in prod: out of memory'],
    [
      finding('x', { title: 'out of memory', status: 'likely' }),
      'likely',
      'api in prod: probably out of memory',
    ],
    [
      finding('x', { title: 'out of memory', status: 'open' }),
      'open',
      'api in prod: not decided, perhaps out of memory',
    ],
    [
      finding('unknown', { title: 'stopped for a reason that is not known here', status: 'open' }),
      'open',
      'api in prod: stopped for a reason that is not known here',
    ],
    [
      finding('service-start-impaired', { title: 'tasks keep failing' }),
      'open',
      'api in prod: tasks keep failing; the reason is not known',
    ],
  ])('%#', (one, status, headline) => {
    expect(verdict([one])).toMatchObject({ status, headline });
  });
});

describe('what healed or was nobody’s fault is not called a problem', () => {
  const spot = finding('spot-interrupted', { severity: 'warn' });
  it.each<[string, Finding[], Details, string]>([
    [
      'one crash of half an hour ago, replaced',
      [finding('app-exit-error', { count: 1, lastAt: minutesAgo(30) })],
      { now: state(2) },
      'healthy',
    ],
    ['one crash of a minute ago', [finding('app-exit-error', { count: 1 })], { now: state(2) }, 'problem'],
    [
      'one crash of half an hour ago, and a task is missing',
      [finding('app-exit-error', { count: 1, lastAt: minutesAgo(30) })],
      { now: state(1) },
      'problem',
    ],
    ['Spot that took tasks which were replaced', [spot], { now: state(2) }, 'healthy'],
    ['Spot that left the service short', [spot], { now: state(1) }, 'problem'],
    [
      'a warning that somebody can act on',
      [finding('sigkill-stop-timeout', { severity: 'warn' })],
      { now: state(2) },
      'problem',
    ],
    ['information', [finding('scale-in', { severity: 'info' })], { now: state(2) }, 'healthy'],
    ['nothing at all', [], { now: state(2) }, 'healthy'],
    ['nothing that should run', [], { now: state(0, 0) }, 'healthy'],
  ])('%s', (_, findings, details, expected) => {
    expect(verdict(findings, { details }).state).toBe(expected);
  });
});

it('what healed is told as a warning, and as an error where the service cannot be read', () => {
  const old = finding('app-exit-error', { count: 1, lastAt: minutesAgo(30) });
  const judged = (details: Details) =>
    verdictOf({ target, findings: [old], details, notChecked: [], answered: true, answer: undefined, now });
  expect(judged({ now: state(2) })).toMatchObject({
    verdict: { state: 'healthy' },
    findings: [{ severity: 'warn' }],
  });
  expect(judged({})).toMatchObject({ verdict: { state: 'unknown' }, findings: [{ severity: 'error' }] });
});

describe('not allowed to look is never nothing found', () => {
  it('where a deployment looks well and its stops could not be read', () => {
    const answer = { state: 'healthy', headline: 'as it should be' } as const;
    const grounds = { target, findings: [], details: { now: state(2) }, answered: true, answer, now };
    const denied = [{ check: 'why tasks stopped', missing: 'ecs:ListTasks', reason: 'AccessDenied' }];
    const told = (stopsRead: boolean, notChecked: NotChecked[]) =>
      verdictOf({ ...grounds, stopsRead, notChecked }).verdict.state;
    expect([told(true, []), told(false, denied)]).toEqual(['healthy', 'unknown']);
  });

  const denied = [{ check: 'why tasks stopped', missing: 'ecs:ListTasks', reason: 'AccessDenied' }];
  it('where the question itself could not be answered', () => {
    const answer = verdict([], { notChecked: denied, answered: false });
    expect(answer).toMatchObject({ state: 'unknown', cause: null });
    expect(answer.headline).toBe('api in prod: could not tell, not allowed to call ecs:ListTasks');
  });

  it('where tasks are missing and a part could not be read', () => {
    expect(verdict([], { notChecked: denied, details: { now: state(1) } }).state).toBe('unknown');
  });

  it('where the service could not be described', () => {
    expect(verdict([], { notChecked: denied, details: {} }).state).toBe('unknown');
  });
});

it.each<[string, Details, { stopsRead?: boolean; since?: Date }, string]>([
  ['nothing stopped', { now: state(2) }, {}, 'healthy, 2 of 2 running, nothing stopped in the last hour'],
  [
    'nothing within what was asked for',
    { now: state(2) },
    { since: new Date(minutesAgo(10)) },
    'healthy, 2 of 2 running, nothing stopped in the last 10 minutes',
  ],
  [
    'longer than ECS remembers',
    { now: state(2) },
    { since: new Date(minutesAgo(600)) },
    'healthy, 2 of 2 running, nothing stopped in the last hour',
  ],
  [
    'stops that nobody was allowed to read',
    { now: state(2) },
    { stopsRead: false },
    'healthy, 2 of 2 running, whether tasks stopped could not be read',
  ],
  [
    'what was meant',
    { now: state(2), expectedStops: [{ cause: 'scale-in', text: 'scaled in', count: 4 }] },
    {},
    'healthy, 2 of 2 running, 4 expected stops',
  ],
  [
    'jobs that ended',
    { expectedStops: [{ cause: 'task-completed', text: 'finished', count: 2 }] },
    {},
    'finished as meant, 2 runs',
  ],
  [
    'jobs that somebody ended',
    { expectedStops: [{ cause: 'user-stopped', text: 'stopped by a person or a program', count: 1 }] },
    {},
    '1 × stopped by a person or a program',
  ],
])('proves health with numbers: %s', (_, details, more, expected) => {
  expect(proofOf({ details, now, ...more })).toBe(expected);
});
