import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnosing } from '#commands/diagnosing.ts';
import type { Check } from '#diagnostics/check.ts';
import { checks } from '#diagnostics/checks/index.ts';
import { lookupActions } from '#diagnostics/doctor.ts';
import { FactFailure } from '#diagnostics/fact.ts';
import type { Report } from '#diagnostics/report.ts';
import { loadRun, type SavedRun } from '#diagnostics/snapshot.ts';
import { incidents, sandboxAccounts } from '#sandbox/incidents/index.ts';
import { openSandboxAws } from '#test/ask-sandbox.ts';
import { allActions } from '../../deploy/features.ts';
import { isLess } from './less.ts';

/**
 * What each command still says when a single right is taken from its role: for each command and each action that it
 * calls, one question that calls it.
 */

const now = new Date('2026-11-24T14:41:07.318Z');
const accounts = sandboxAccounts(now);
const sandbox = await openSandboxAws({ now, accounts });
afterAll(() => sandbox.close());

/** Commands that no incident asks for, over services that have something to read. */
const further = [
  'status api prod',
  'status frontend prod',
  'logs api prod',
  'timeline api prod',
  'changes api prod --who',
];
/** A task is asked for by its id where no service says what its network is. */
const ofFrontend = accounts
  .flatMap(({ world }) => world.tasks)
  .find(({ group, clusterArn }) => group === 'service:frontend' && clusterArn?.endsWith('/prod'));
const byTask = `network ${ofFrontend?.taskArn?.split('/').at(-1)} prod`;
const asks = [...new Set([...incidents.map(({ ask }) => ask), ...further, byTask])];

interface Run {
  report: Report;
  saved: SavedRun;
}

async function run(typed: string): Promise<Run> {
  let saved = '';
  sandbox.restart();
  const report = await sandbox.report(typed, {
    facts: {
      save(text) {
        saved = text;
      },
    },
  });
  return { report, saved: loadRun(saved) };
}

const whole = new Map<string, Run>();
/** The first question of each command that takes an action. */
const table = new Map<string, [command: string, action: string, ask: string]>();
const lookups = new Set(lookupActions);
/** Called when a query is cancelled or its time is up, and so never on the way to an answer. */
const afterwards = ['logs:StopQuery'];
for (const ask of asks) {
  whole.set(ask, await run(ask));
  const command = ask.split(' ')[0] ?? '';
  for (const { service, operation } of sandbox.endpoint.calls) {
    const action = `${service}:${operation}`;
    const key = `${command} ${action}`;
    // Finding a service by a part of its name comes before the report; what is refused there ends the command.
    if (service === 'sts' || lookups.has(action) || table.has(key)) continue;
    table.set(key, [command, action, ask]);
  }
}

it('has a question for every command and every right', () => {
  const asked = new Set([...table.values()].map(([command]) => command));
  expect(diagnosing.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual([]);
  const taken = new Set([...table.values()].map(([, action]) => action));
  expect(
    allActions().filter(
      (action) => !taken.has(action) && !lookups.has(action) && !afterwards.includes(action),
    ),
  ).toEqual([]);
});

/** Checks all of whose facts came to the same as before. Those that a finding leads to may not have been asked. */
function untouched(before: Run, after: Run): string[] {
  const same = (id: string) =>
    before.saved.facts.has(id) &&
    JSON.stringify(before.saved.facts.get(id)) === JSON.stringify(after.saved.facts.get(id));
  return checks
    .filter(({ needs, wants }) =>
      [...Object.values(needs), ...Object.values(wants)].every(({ id }) => same(id)),
    )
    .map(({ id }) => id);
}

describe.each([...new Set([...table.values()].map(([command]) => command))])('%s', (command) => {
  const rows = [...table.values()].filter(([name]) => name === command);
  beforeAll(() => sandbox.endpoint.faults.clear());

  it.each(rows.map(([, action, ask]) => [action, ask]))('without %s (%s)', async (action, ask) => {
    const before = whole.get(ask);
    if (!before) throw new Error(`${ask} was not asked`);
    const end = sandbox.endpoint.faults.add(action, { kind: 'deny' });
    const after = await run(ask);
    end();
    const { notChecked, findings, verdict } = after.report;
    expect(new Set(notChecked.map(({ missing }) => missing)), 'names it, and nothing else').toEqual(
      new Set([action]),
    );
    expect(
      isLess(after.report, before.report),
      `${before.report.verdict.cause} → ${verdict.cause} (${verdict.status})`,
    ).toBe(true);
    const known = before.report.findings.map(({ cause }) => cause);
    const invented = findings.filter(
      ({ cause, status, severity, alsoSeen }) =>
        status === 'confirmed' && severity === 'error' && !alsoSeen && !known.includes(cause),
    );
    if (verdict.state === 'problem' && verdict.cause !== before.report.verdict.cause)
      expect(invented.map(({ cause }) => cause).filter((cause) => cause !== verdict.cause)).toEqual([]);
    const own = diagnosing.find(({ name }) => name === command)?.checks ?? [];
    const kept = judged(
      untouched(before, after).filter((id) => own.includes(id)),
      before,
    );
    const now = findings.map(({ cause }) => cause);
    expect(
      kept.filter((cause) => !now.includes(cause)),
      'keeps what does not depend on it',
    ).toEqual([]);
  });
});

/** Causes that these checks find in a saved run, as far as its report shows them. */
function judged(ids: readonly string[], { saved, report }: Run): string[] {
  const shown = report.findings.map(({ cause }) => cause);
  const answers = checks.filter(({ id }) => ids.includes(id)).flatMap((check) => findingsOf(check, saved));
  return answers.filter((cause) => shown.includes(cause));
}

function findingsOf({ needs, wants, judge }: Check, { target, scope, facts }: SavedRun): string[] {
  const settled = (sources: Check['needs']) =>
    Object.entries(sources).map(([name, { id }]) => {
      const state = facts.get(id);
      if (state && 'value' in state) return [name, { ok: true, value: state.value }] as const;
      return [name, { ok: false, failure: new FactFailure(id, 'NotSaved') }] as const;
    });
  const needed = settled(needs);
  if (needed.some(([, { ok }]) => !ok)) return [];
  const values = needed.map(([name, found]) => [name, found.ok ? found.value : undefined]);
  const outcome = judge(
    { ...Object.fromEntries(values), ...Object.fromEntries(settled(wants)) },
    { target, scope },
  );
  return outcome.findings.map(({ cause }) => cause);
}
