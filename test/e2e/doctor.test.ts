import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorRow } from '#commands/command.ts';
import { checks } from '#diagnostics/checks/index.ts';
import { actionsOf, lookupActions, probes } from '#diagnostics/doctor.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws();
  return () => sandbox.close();
});
afterEach(() => {
  sandbox.endpoint.faults.clear();
  sandbox.restart();
});

async function examine(): Promise<DoctorRow | undefined> {
  const answer = await sandbox.ask('doctor prod');
  return answer.kind === 'doctor' ? answer.rows[0] : undefined;
}

it('every action that a check needs can be tried', () => {
  const actions = [...actionsOf(checks.map(({ id }) => id)), ...lookupActions];
  expect(actions.filter((action) => probes[action] === undefined)).toEqual([]);
});

describe('doctor', () => {
  it('finds nothing missing where everything is allowed, and names whom it is', async () => {
    const row = await examine();
    expect(row).toMatchObject({ environment: 'prod', missing: [], untested: [] });
    expect(row?.assumed).toEqual({ ok: true, arn: 'arn:aws:sts::222222222222:assumed-role/ecs-sleuth/ada' });
    expect(Math.abs(row?.clockSkewMs ?? Number.NaN)).toBeLessThan(60_000);
  });

  it.each(Object.keys(probes))('finds that %s is refused, and nothing else', async (action) => {
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
    expect((await examine())?.missing.map((entry) => entry.action)).toEqual([action]);
  });

  it('says which commands need what is missing', async () => {
    sandbox.endpoint.faults.add('ecs:ListTasks', { kind: 'deny' });
    expect((await examine())?.missing[0]?.needed).toEqual(
      expect.arrayContaining(['why-stopped', 'status', 'logs']),
    );
  });

  it('does not take a fault of AWS for a permission', async () => {
    sandbox.endpoint.faults.add('logs:GetLogEvents', { kind: 'status', status: 503 });
    const row = await examine();
    expect(row?.missing).toEqual([]);
    expect(row?.untested.map(({ action }) => action)).toEqual(['logs:GetLogEvents']);
  });

  it('says why a role cannot be assumed and what to add', async () => {
    sandbox.endpoint.faults.add('sts:AssumeRole', { kind: 'deny' });
    const assumed = (await examine())?.assumed;
    expect(assumed).toMatchObject({ ok: false, fix: expect.stringContaining('sts:SetSourceIdentity') });
  });
});
