import { describe, expect, it } from 'vitest';
import { investigate } from '#diagnostics/investigate.ts';
import { replayInvestigation } from '#diagnostics/investigation.ts';
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

function report(facts: Record<string, { value: unknown } | typeof denied>, asked = checks) {
  const all = {
    service: { value: service() },
    'service-deployments': { value: [] },
    'task-definitions': { value: { [revision(2)]: definition(2) } },
    'crash-logs': { value: [] },
    ...facts,
  };
  const saved = { target: context.target, scope: { now }, facts: new Map(Object.entries(all)) };
  return investigate(replayInvestigation(saved), { command: 'status', checks: asked });
}

describe('a report of several checks', () => {
  it('does not say that nothing stopped where that could not be read', async () => {
    const { verdict, notChecked } = await report({ tasks: denied });
    expect(verdict.headline).toContain('whether tasks stopped could not be read');
    expect(notChecked.map(({ missing }) => missing)).toContain('ecs:ListTasks');
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
