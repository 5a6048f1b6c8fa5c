import { describe, expect, it } from 'vitest';
import { proofOf } from '#diagnostics/proof.ts';
import type { Details, Finding, NotChecked } from '#diagnostics/report.ts';
import { verdictOf } from '#diagnostics/verdict.ts';

const now = new Date('2026-01-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const target = {
  environment: 'prod',
  account: '222222222222',
  region: 'us-east-1',
  cluster: 'prod',
  service: 'api',
};

function finding(cause: string, more: Partial<Finding> = {}): Finding {
  const evidence = [{ api: 'ecs:DescribeTasks', field: 'stopCode', value: 'x' }];
  return {
    cause,
    title: cause,
    status: 'confirmed',
    severity: 'error',
    stage: 6,
    summary: '',
    count: 3,
    lastAt: minutesAgo(1),
    evidence,
    next: [],
    ...more,
  };
}

const state = (runningCount: number, desired = 2): Details['now'] => ({
  desired,
  running: runningCount,
  pending: 0,
  deployments: [],
});

function verdict(
  findings: Finding[],
  {
    details = { now: state(2) },
    notChecked = [],
    answered = true,
  }: { details?: Details; notChecked?: NotChecked[]; answered?: boolean } = {},
) {
  return verdictOf({ target, findings, details, notChecked, answered, answer: undefined, now }).verdict;
}

describe('the root is the earliest stage that is confirmed', () => {
  it.each<[string, Finding[], string[]]>([
    ['one cause alone', [finding('oom-container')], ['oom-container']],
    [
      'the earlier stage',
      [finding('app-exit-error'), finding('image-not-found', { stage: 4 })],
      ['image-not-found'],
    ],
    [
      'a confirmed cause before a likely one of an earlier stage',
      [finding('oom-container'), finding('image-not-found', { stage: 4, status: 'likely' })],
      ['oom-container'],
    ],
    [
      'an error before a warning',
      [
        finding('sigkill-stop-timeout', { severity: 'warn' }),
        finding('app-exit-error', { status: 'likely' }),
      ],
      ['app-exit-error'],
    ],
    [
      'what all instances lack, not what an event says of the closest',
      [
        finding('capacity-insufficient-memory', { stage: 1, count: 9 }),
        finding('capacity-attribute-missing', {
          stage: 1,
          count: 1,
          evidence: [{ api: 'ecs:DescribeContainerInstances', field: 'attributes', value: 'x' }],
        }),
      ],
      ['capacity-attribute-missing'],
    ],
    [
      'why no instance is launched, not that there is none',
      [
        finding('capacity-provider-empty', { stage: 1, count: 9 }),
        finding('capacity-provider-launch-failed', {
          stage: 1,
          count: 1,
          evidence: [{ api: 'autoscaling:DescribeScalingActivities', field: 'StatusMessage', value: 'x' }],
        }),
      ],
      ['capacity-provider-launch-failed'],
    ],
    [
      'never what only an older revision shows',
      [finding('image-not-found', { stage: 4, alsoSeen: true }), finding('app-exit-error')],
      ['app-exit-error'],
    ],
    [
      'never what is ruled out',
      [finding('image-not-found', { stage: 4, status: 'ruled-out' }), finding('app-exit-error')],
      ['app-exit-error'],
    ],
    [
      'led to by a symptom',
      [finding('crash-loop-after-running'), finding('oom-container')],
      ['crash-loop-after-running', 'oom-container'],
    ],
    [
      'the more exact of two that say the same',
      [
        finding('elb-health-failed', { stage: 7 }),
        finding('elb-health-wrong-code', { stage: 7, status: 'likely' }),
      ],
      ['elb-health-failed', 'elb-health-wrong-code'],
    ],
    [
      'a boot that is cut short, rather than the refusal that comes of it',
      [
        finding('elb-health-connection-failed', { stage: 7 }),
        finding('elb-grace-too-short', { stage: 7, status: 'likely' }),
      ],
      ['elb-health-connection-failed', 'elb-grace-too-short'],
    ],
    [
      'symptoms alone, the nearest to the tasks last',
      [finding('service-start-impaired'), finding('circuit-breaker-tripped')],
      ['circuit-breaker-tripped', 'service-start-impaired'],
    ],
    [
      'not by a rollback that was over before the first failure',
      [
        finding('deployment-rolling-back', { severity: 'warn', lastAt: minutesAgo(1200) }),
        finding('oom-container', { firstAt: minutesAgo(50) }),
      ],
      ['oom-container'],
    ],
    [
      'never what healed, where something else has not',
      [
        finding('deployment-rolling-back', { severity: 'warn', lastAt: minutesAgo(20) }),
        finding('oom-container', { count: 1, firstAt: minutesAgo(50), lastAt: minutesAgo(50) }),
      ],
      ['deployment-rolling-back'],
    ],
    [
      'that nothing is left to read, only where nothing else is known',
      [finding('exit-unknown'), finding('service-start-impaired')],
      ['service-start-impaired'],
    ],
  ])('%s', (_, findings, chain) => {
    expect(verdict(findings)).toMatchObject({ state: 'problem', chain, cause: chain.at(-1) });
  });
});

describe('what a deeper check finds comes behind what it is the reason of', () => {
  const unreachable = finding('secrets-endpoint-unreachable', { stage: 3 });
  const noRoute = (more: Partial<Finding> = {}) =>
    finding('route-missing', {
      stage: 2,
      reasonOf: ['secrets-endpoint-unreachable', 'image-pull-timeout'],
      ...more,
    });

  it.each<[string, Finding[], string[]]>([
    [
      'though its stage is earlier',
      [noRoute(), unreachable],
      ['secrets-endpoint-unreachable', 'route-missing'],
    ],
    [
      'behind another reason',
      [
        finding('nat-failed', { stage: 2, reasonOf: ['route-missing'] }),
        noRoute(),
        unreachable,
        finding('circuit-breaker-tripped', { stage: 8 }),
      ],
      ['circuit-breaker-tripped', 'secrets-endpoint-unreachable', 'route-missing', 'nat-failed'],
    ],
    [
      'unless it is less sure than that',
      [noRoute({ status: 'likely' }), unreachable],
      ['secrets-endpoint-unreachable'],
    ],
    [
      'as sure as what it explains',
      [noRoute({ status: 'likely' }), finding('image-pull-timeout', { stage: 4, status: 'likely' })],
      ['image-pull-timeout', 'route-missing'],
    ],
    ['and is the cause itself where nothing fails yet', [noRoute()], ['route-missing']],
  ])('%s', (_name, findings, chain) => {
    expect(verdict(findings).chain).toEqual(chain);
  });
});

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
