import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { defineCheck } from '#diagnostics/check.ts';
import { composeReport, type Judgement } from '#diagnostics/compose-report.ts';
import type { Tasks } from '#diagnostics/facts/tasks.ts';
import { investigate, ownFault } from '#diagnostics/investigate.ts';
import { replayInvestigation } from '#diagnostics/investigation.ts';
import type { Finding, Report, Target } from '#diagnostics/report.ts';
import {
  context,
  definition,
  deployment,
  minutesAgo,
  now,
  revision,
  service,
  stopped,
  tasksOf,
} from './checks/facts.ts';

const denied = { failure: { message: 'refused', reason: 'AccessDenied' as const, missing: 'ecs:ListTasks' } };
const checks = ['service-state', 'service-events', 'stopped-tasks'];

function report(
  facts: Record<string, { value: unknown } | typeof denied>,
  asked = checks,
  target: Target = context.target,
) {
  const all = {
    service: { value: service() },
    'service-deployments': { value: [] },
    'task-definitions': { value: { [revision(2)]: definition(2) } },
    'crash-logs': { value: [] },
    ...facts,
  };
  const saved = { target, scope: { now }, facts: new Map(Object.entries(all)) };
  return investigate(replayInvestigation(saved), { command: 'status', checks: asked });
}

describe('a report of several checks', () => {
  it('does not say that nothing stopped where that could not be read', async () => {
    const { verdict, notChecked } = await report({ tasks: denied });
    expect(verdict.headline).toContain('whether tasks stopped could not be read');
    expect(notChecked.map(({ missing }) => missing)).toContain('ecs:ListTasks');
  });

  it('loses only the check that stumbles over an answer that nobody foresaw', async () => {
    const message =
      '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 0123) has insufficient memory available.';
    const events = [{ createdAt: minutesAgo(2), message }];
    const { verdict, notChecked } = await report({
      service: { value: service({ runningCount: 1, events }) },
      tasks: { value: { stopped: 'not a list' } },
    });
    expect(verdict.cause).toBe('capacity-insufficient-memory');
    const own = notChecked.filter(({ detail }) => detail?.startsWith(ownFault));
    expect(own.map(({ check }) => check)).toContain('why tasks stopped');
  });

  it('rules out no stage that another check sees failing', async () => {
    const message =
      '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 0123) has insufficient memory available.';
    const events = [{ createdAt: minutesAgo(2), message }];
    const { verdict, findings } = await report({
      service: { value: service({ runningCount: 1, events }) },
      tasks: { value: tasksOf([stopped(30)]) },
    });
    expect(verdict.cause).toBe('capacity-insufficient-memory');
    const ruledOut = findings.filter(({ status }) => status === 'ruled-out').map(({ title }) => title);
    expect(ruledOut).toEqual(['network attach', 'role and secrets', 'image pull']);
  });

  it('is healthy where a newer revision ended a crash loop', async () => {
    const deployments = [deployment({ createdAt: minutesAgo(38) })];
    const killed = { name: 'app', exitCode: 137, reason: 'OutOfMemoryError: Container killed' };
    const stops = [40, 45, 50].map((ago) => stopped(ago, { taskDefinitionArn: revision(1) }, [killed]));
    const { verdict } = await report({
      service: { value: service({ deployments }) },
      tasks: { value: tasksOf(stops) },
    });
    expect(verdict).toMatchObject({ state: 'healthy', cause: null });
  });

  const text =
    'CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref registry/api:9: registry/api:9: not found';
  it('is not about the past where an event tells of it now, though the stops are of an older revision', async () => {
    const events = [
      { createdAt: minutesAgo(2), message: `(service api) (task 0123) failed to start: ${text}` },
    ];
    const older = {
      stopCode: 'TaskFailedToStart',
      stoppedReason: text,
      taskDefinitionArn: revision(1),
    } as const;
    const { findings } = await report({
      service: { value: service({ events, runningCount: 1 }) },
      tasks: { value: tasksOf([stopped(1), stopped(50, older), stopped(55, older)]) },
    });
    const pull = findings.find(({ cause }) => cause === 'image-not-found');
    expect(pull).toMatchObject({ count: 2 });
    expect(pull?.alsoSeen).toBeUndefined();
  });

  it('keeps the notes of every check', async () => {
    const facts = {
      service: { value: service({ desiredCount: 0, runningCount: 0 }) },
      tasks: { value: tasksOf([], [], { complete: false }) },
      'container-logs': { value: [] },
      'log-tasks': { value: { tasks: [], definitions: {}, notes: [] } },
    };
    const { details } = await report(facts, ['logs', 'stopped-tasks']);
    expect(details.notes).toEqual([
      expect.stringContaining('has no task now'),
      expect.stringContaining('more stopped tasks than were listed'),
    ]);
  });

  const orders = [checks, ['stopped-tasks', 'service-events', 'service-state']];
  it.each(orders)(
    'counts the tasks that died of what an event tells of too, begun with %s',
    async (...order) => {
      const text =
        'CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref registry/api:9: registry/api:9: not found';
      const events = [
        { createdAt: minutesAgo(40), message: `(service api) (task 0123) failed to start: ${text}` },
      ];
      const tasks = [5, 20, 35].map((minutes) =>
        stopped(minutes, { stopCode: 'TaskFailedToStart', stoppedReason: text }),
      );
      const { verdict, findings } = await report(
        { service: { value: service({ events }) }, tasks: { value: tasksOf(tasks) } },
        order,
      );
      expect(verdict).toMatchObject({ cause: 'image-not-found', status: 'confirmed' });
      expect(findings[0]).toMatchObject({ cause: 'image-not-found', count: 3 });
    },
  );
});

describe('a task that ECS has forgotten', () => {
  const id = '0123456789abcdef0123456789abcdef';
  const { service: _, ...noService } = context.target;
  const forgotten: Tasks = tasksOf([], [], { forgotten: [id] });
  const scaledIn = {
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)',
  } as const;
  const captured = (...stops: Task[]) => ({ value: { group: 'events', stopped: stops } });
  const nothing = captured();

  it.each<[string, Target, { value: unknown }, object]>([
    [
      'and that events remember as scaled in did not fail',
      { ...context.target, task: id },
      captured(stopped(300, scaledIn, [{ name: 'app', exitCode: 143 }])),
      { state: 'healthy', headline: 'api in prod: the task did not fail: scaled in' },
    ],
    [
      'and that no service keeps neither',
      { ...noService, task: id },
      captured(stopped(300, scaledIn, [{ name: 'app', exitCode: 143 }])),
      { state: 'healthy', headline: 'task 01234567 in prod: the task did not fail: scaled in' },
    ],
    [
      'and that events remember as failed is a problem',
      { ...noService, task: id },
      captured(stopped(300)),
      { state: 'problem', cause: 'app-exit-error' },
    ],
    [
      'and that nothing remembers is not known',
      { ...context.target, task: id },
      nothing,
      { state: 'unknown', headline: expect.stringContaining('ECS has forgotten the task') },
    ],
  ])('%s', async (_, target, events, expected) => {
    const facts = { tasks: { value: forgotten }, 'captured-stops': events, 'leftover-logs': { value: [] } };
    const { verdict } = await report(facts, ['stopped-tasks', 'service-state'], target);
    expect(verdict).toMatchObject(expected);
  });
});

/** Checks that say just this, the first of them asked. */
function composed(...said: Finding[][]): Report {
  const names = said.map((_, index) => `check-${index}`);
  const judgements = names.map((id, index): [string, Judgement] => [
    id,
    {
      check: defineCheck({ id, question: id, needs: {}, judge: () => ({ findings: [] }) }),
      outcome: { findings: said[index] ?? [] },
      notChecked: [],
    },
  ]);
  const saved = { target: context.target, scope: { now }, facts: new Map() };
  const investigation = replayInvestigation(saved);
  return composeReport({
    command: 'x',
    investigation,
    judgements: new Map(judgements),
    main: names[0] ?? '',
  });
}

function finding(cause: string, more: Partial<Finding> = {}): Finding {
  return {
    cause,
    title: cause,
    status: 'confirmed',
    severity: 'error',
    stage: 3,
    summary: cause,
    evidence: [{ api: 'ecs:DescribeTasks', field: cause, value: '1' }],
    next: [],
    ...more,
  };
}

describe('what a check finds as the reason of symptoms', () => {
  const secret = finding('secrets-endpoint-unreachable');
  const exit = finding('app-exit-error', { stage: 6 });
  const route = finding('route-missing', { stage: 2, reasonOf: ['secrets-endpoint-unreachable'] });
  it.each<[string, Finding[][], string[], boolean]>([
    [
      'ends the chain behind a symptom that it explains',
      [[secret], [route]],
      ['secrets-endpoint-unreachable', 'route-missing'],
      false,
    ],
    ['is seen beside a failure that it does not explain', [[exit], [route]], ['app-exit-error'], true],
    ['is seen beside where nothing fails', [[], [route]], [], true],
    ['stays what fails where it was asked for', [[route], []], ['route-missing'], false],
    [
      'explains nothing that is only seen beside itself',
      [[exit, { ...secret, alsoSeen: true }], [route]],
      ['app-exit-error'],
      true,
    ],
    [
      'explains nothing that was ruled out',
      [[exit, { ...secret, status: 'ruled-out', severity: 'info' }], [route]],
      ['app-exit-error'],
      true,
    ],
  ])('%s', (_, said, chain, beside) => {
    const { verdict, findings } = composed(...said);
    expect(verdict.chain).toEqual(chain);
    expect(findings.find(({ cause }) => cause === 'route-missing')?.alsoSeen ?? false).toBe(beside);
  });
});

describe('one cause that two checks find', () => {
  const advice = { summary: 'Grant it.', cli: 'aws iam put-role-policy' };
  const exact = { summary: 'Add this statement.', policy: '{"Action":"secretsmanager:GetSecretValue"}' };
  const denied = (more: Partial<Finding>) => finding('secret-permission-denied', more);
  it.each<[string, Finding, Finding]>([
    ['first', denied({ fix: exact }), denied({ fix: advice, count: 5 })],
    ['last', denied({ fix: advice, count: 5 }), denied({ fix: exact })],
  ])('is mended by the statement to add, told %s', (_, one, other) => {
    expect(composed([one], [other]).findings).toMatchObject([{ count: 5, fix: exact }]);
  });

  it('lasted from when either saw it first to when either saw it last', () => {
    const event = denied({ firstAt: minutesAgo(50).toISOString(), lastAt: minutesAgo(2).toISOString() });
    const stops = denied({
      count: 3,
      firstAt: minutesAgo(35).toISOString(),
      lastAt: minutesAgo(5).toISOString(),
    });
    expect(composed([event], [stops]).findings).toMatchObject([
      { count: 3, firstAt: event.firstAt, lastAt: event.lastAt },
    ]);
    expect(composed([denied({})], [event]).findings).toMatchObject([
      { firstAt: event.firstAt, lastAt: event.lastAt },
    ]);
  });
});
