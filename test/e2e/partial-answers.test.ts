import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

const ask = 'why-stopped api prod';
let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws();
  return () => sandbox.close();
});
afterEach(() => {
  sandbox.endpoint.faults.clear();
  sandbox.restart();
});

const missing = async () => (await sandbox.report(ask)).notChecked.map((entry) => entry.missing);

describe('a refused action costs only what depends on it, and is named', () => {
  it.each([
    ['ecs:DescribeServices', 'problem', 'memory-lowered'],
    ['ecs:ListServiceDeployments', 'problem', 'memory-lowered'],
    ['ecs:DescribeTaskDefinition', 'problem', 'oom-container'],
    ['logs:GetLogEvents', 'problem', 'memory-lowered'],
    ['ecs:ListTasks', 'unknown', null],
    ['ecs:DescribeTasks', 'unknown', null],
  ])('without %s', async (action, state, cause) => {
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report(ask);
    expect(verdict).toMatchObject({ state, cause });
    expect(notChecked.map((entry) => entry.missing)).toContain(action);
    expect(notChecked.every((entry) => entry.missing === action)).toBe(true);
  });

  it('with everything allowed, nothing is left unchecked', async () => {
    expect(await missing()).toEqual([]);
  });
});

describe('a call that does not work is said to have failed, never taken for an empty answer', () => {
  it('throttled for good', async () => {
    sandbox.endpoint.faults.add('ecs:ListTasks', { kind: 'throttle' });
    const { verdict, notChecked } = await sandbox.report(ask);
    expect(verdict.state).toBe('unknown');
    expect(verdict.headline).toContain('throttled');
    expect(notChecked[0]?.reason).toBe('Throttled');
  });

  it('throttled once, and asked again', async () => {
    sandbox.endpoint.faults.add('ecs:DescribeTasks', { kind: 'throttle' }, { calls: [1] });
    expect((await sandbox.report(ask)).verdict.cause).toBe('memory-lowered');
  });

  it('hanging until the time is up', async () => {
    sandbox.endpoint.faults.add('logs:GetLogEvents', { kind: 'hang' });
    const { verdict, notChecked } = await sandbox.report(ask, { deadline: 1500 });
    expect(verdict.cause).toBe('memory-lowered');
    expect(notChecked).toMatchObject([{ reason: 'Timeout' }]);
  });

  it('broken by a garbled body', async () => {
    sandbox.endpoint.faults.add('ecs:ListServiceDeployments', { kind: 'garbage' });
    const { verdict, notChecked } = await sandbox.report(ask);
    expect(verdict.cause).toBe('memory-lowered');
    expect(notChecked).toHaveLength(1);
  });

  it('refused a role at all', async () => {
    sandbox.endpoint.faults.add('sts:AssumeRole', { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report(ask);
    expect(verdict.state).toBe('unknown');
    expect(verdict.headline).toContain('the role could not be assumed');
    expect(notChecked[0]?.detail).toContain('sts:SetSourceIdentity');
    expect(notChecked).toMatchObject([{ reason: 'Credentials' }]);
  });
});

describe('a value that nobody knows yet is shown, and breaks nothing', () => {
  it.each([
    ['ecs:DescribeTasks', 'tasks[].launchType', 'MOON_BASE'],
    ['ecs:DescribeTasks', 'tasks[].stopCode', 'SomethingNew'],
    ['ecs:DescribeServices', 'services[].deployments[].rolloutState', 'HALF_WAY'],
  ])('%s %s', async (action, path, value) => {
    sandbox.endpoint.faults.add(action, { kind: 'put', path, value });
    const report = await sandbox.report(ask);
    expect(report.verdict.state).toBe('problem');
    expect(report.verdict.cause).toBe('memory-lowered');
  });
});

describe('nothing is asked of AWS twice', () => {
  it('from cold', async () => {
    await sandbox.report(ask);
    const asked = sandbox.endpoint.calls.map(({ service, operation, input }) =>
      JSON.stringify([service, operation, input]),
    );
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('and three waves are enough', async () => {
    const { aws } = await sandbox.report(ask);
    expect(aws.waves).toBeLessThanOrEqual(3);
    expect(aws.calls).toBeLessThanOrEqual(9);
  });
});
