import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '#diagnostics/report.ts';
import type { Account } from '#sandbox/aws/world.ts';
import { incidents, sandboxAccounts } from '#sandbox/incidents/index.ts';
import { abreast } from '#test/abreast.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';
import { isLess } from './less.ts';
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
  // Some hundred sessions keep more connections than a process may have open.
  sandbox.endpoint.closeIdle();
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
// Those who wait for AWS, as a query does, keep nobody else waiting: where all see the same accounts, a few ask at once.

describe.each(['one', 'another'])('the order of a list makes no difference: %s order', (seed) => {
  beforeAll(() => begin(accounts.map((account) => ({ ...account, world: shuffled(account.world, seed) }))));

  it.concurrent.each(byName)('%s', async (name, incident) => {
    expect(said(await ask(incident.ask))).toEqual(said(base(name).report));
  });
});

describe('what else is broken in the cluster makes no difference', () => {
  it.each(byName)('%s, alone in its cluster', async (name, incident) => {
    begin(sandboxAccounts(now, [incident]));
    expect(said(await ask(incident.ask))).toEqual(said(base(name).report));
  });
});

describe('a value that nobody knows yet changes no cause', () => {
  beforeAll(() => {
    begin();
    for (const [action, path] of [
      ['ecs:DescribeTasks', 'tasks[].launchType'],
      ['ecs:DescribeTasks', 'tasks[].platformFamily'],
      ['ecs:DescribeTasks', 'tasks[].connectivity'],
      ['ecs:DescribeServices', 'services[].launchType'],
      ['ecs:DescribeServices', 'services[].schedulingStrategy'],
      ['ecs:DescribeServices', 'services[].propagateTags'],
      ['ecs:DescribeServices', 'services[].availabilityZoneRebalancing'],
      ['ecs:DescribeServices', 'services[].deployments[].launchType'],
      ['ecs:DescribeTaskDefinition', 'taskDefinition.status'],
      ['ecs:DescribeTaskDefinition', 'taskDefinition.compatibilities[]'],
      ['ecs:ListServiceDeployments', 'serviceDeployments[].status'],
      ['elasticloadbalancing:DescribeTargetGroups', 'TargetGroups[].TargetType'],
      ['elasticloadbalancing:DescribeTargetGroups', 'TargetGroups[].ProtocolVersion'],
    ] as const)
      sandbox.endpoint.faults.add(action, { kind: 'put', path, value: 'SOMETHING_NEW' });
  });

  it.concurrent.each(byName)('%s', async (name, incident) => {
    const { state, cause } = base(name).report.verdict;
    expect((await ask(incident.ask)).verdict).toMatchObject({ state, cause });
  });
});

/** Calls that another call has to come before: what cannot be listed cannot be described. */
const before: Record<string, RegExp> = {
  'ecs:ListServiceDeployments': /Service(?:Deployments|Revisions)$/,
  'logs:GetLogEvents': /GetLogEvents/,
  'elasticloadbalancing:DescribeTargetHealth': /DescribeTargetHealth/,
};

const denied: readonly (readonly [action: string, what: string])[] = [
  ['ecs:DescribeServices', 'the service'],
  ['ecs:ListTasks', 'the list of tasks'],
  ['ecs:DescribeTasks', 'the tasks'],
  ['ecs:DescribeTaskDefinition', 'the task definitions'],
  ['ecs:ListServiceDeployments', 'the deployments'],
  ['ecs:DescribeServiceDeployments', 'the details of deployments'],
  ['logs:GetLogEvents', 'the logs'],
  ['logs:FilterLogEvents', 'the captured events'],
  ['elasticloadbalancing:DescribeTargetHealth', 'the targets'],
  ['elasticloadbalancing:DescribeTargetGroups', 'the target groups'],
];

describe.each(denied)('without %s', (action) => {
  beforeAll(() => {
    begin();
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
  });

  it('every incident that asks for it says so, and is answered by no other cause', async () => {
    const asking = incidents.filter((one) => base(one.name).actions.includes(action));
    await abreast(asking, async ({ name, ask: typed }) => {
      const { report: whole } = base(name);
      const report = await ask(typed);
      // What nobody may read there, as a VPC of another account.
      const unread = whole.notChecked.map(({ check }) => check);
      // What is looked up for a name that is no service's is not part of its report.
      if (whole.target.service === undefined && action !== 'logs:GetLogEvents') return;
      expect(
        report.notChecked.map(({ missing }) => missing),
        `${name} names it`,
      ).toContain(action);
      expect(
        report.notChecked.filter(({ missing, check }) => missing !== action && !unread.includes(check)),
        `${name} names nothing else`,
      ).toEqual([]);
      expect(isLess(report, whole), `${name}: ${whole.verdict.cause} → ${report.verdict.cause}`).toBe(true);
      const dependent = before[action];
      if (!dependent) return;
      for (const { cause, status, evidence } of whole.findings) {
        if (status === 'ruled-out' || evidence.some(({ api }) => dependent.test(api))) continue;
        expect(
          report.findings.map((finding) => finding.cause),
          `${name} keeps ${cause}`,
        ).toContain(cause);
      }
    });
  }, 60_000);
});
