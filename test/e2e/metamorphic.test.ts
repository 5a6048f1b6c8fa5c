import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '#diagnostics/report.ts';
import type { Account } from '#sandbox/aws/world.ts';
import { mergeWorlds } from '#sandbox/incidents/build/merge.ts';
import { incidents, places, sandboxAccounts } from '#sandbox/incidents/index.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';
import { shuffled } from './shuffled.ts';

const now = new Date('2026-11-24T14:41:07.318Z');
const accounts = sandboxAccounts(now);
let sandbox: SandboxAws;

interface Known {
  report: Report;
  /** IAM actions that it took. */
  actions: string[];
}
const known = new Map<string, Known>();

/** Reports that fit in the rates that one session allows itself, before it has to wait. */
const perSession = 5;
let asked = 0;

/** Asks, in a new session every few questions: a session keeps to a quarter of AWS's rates and would wait. */
async function ask(typed: string): Promise<Report> {
  if (asked % perSession === 0) sandbox.restart();
  asked += 1;
  return sandbox.report(typed);
}

/** From here on AWS answers otherwise, so nothing that a session remembers may count. */
function begin(told: Account[] = accounts): void {
  sandbox.endpoint.setAccounts(told);
  sandbox.endpoint.faults.clear();
  asked = 0;
}

beforeAll(async () => {
  sandbox = await openSandboxAws({ now, accounts });
  begin();
  for (const incident of incidents) {
    sandbox.endpoint.calls.length = 0;
    const report = await ask(incident.ask);
    const actions = sandbox.endpoint.calls.map(({ service, operation }) => `${service}:${operation}`);
    known.set(incident.name, { report, actions: [...new Set(actions)] });
  }
}, 120_000);
afterAll(() => sandbox.close());

function base(name: string): Known {
  const told = known.get(name);
  if (!told) throw new Error(`${name} was not asked`);
  return told;
}

/** All that a report says; which calls it took, and in which place of a list something stood, are left out. */
function said({ verdict, findings, notChecked, details }: Report) {
  return {
    verdict,
    findings: findings.map(({ cause, status, severity, count, firstAt, lastAt, summary, alsoSeen }) => ({
      cause,
      status,
      severity,
      count,
      firstAt,
      lastAt,
      summary,
      alsoSeen,
    })),
    notChecked,
    now: details.now && { ...details.now, deployments: details.now.deployments.length },
  };
}

const byName = incidents.map((incident) => [incident.name, incident] as const);

describe.each(['one', 'another', 'a third'])('the order of a list makes no difference: %s order', (seed) => {
  beforeAll(() => begin(accounts.map((account) => ({ ...account, world: shuffled(account.world, seed) }))));

  it.each(byName)('%s', async (name, incident) => {
    expect(said(await ask(incident.ask))).toEqual(said(base(name).report));
  });
});

describe('what else is broken in the cluster makes no difference', () => {
  it.each(byName)('%s, alone in its cluster', async (name, incident) => {
    const place = places[incident.environment];
    begin(
      accounts.map((account) => {
        if (account.id !== place.account) return account;
        const { services, tasks, taskDefinitions, serviceDeployments, serviceRevisions, logGroups } =
          mergeWorlds([incident.world(now, place)]);
        const own = { services, tasks, taskDefinitions, serviceDeployments, serviceRevisions, logGroups };
        return { ...account, world: { ...account.world, ...own } };
      }),
    );
    expect(said(await ask(incident.ask))).toEqual(said(base(name).report));
  });
});
