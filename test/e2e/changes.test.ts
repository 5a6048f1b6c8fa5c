import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { happeningsMarkdown } from '#diagnostics/changes-words.ts';
import type { Report } from '#diagnostics/report.ts';
import { changes } from '#sandbox/incidents/changes/index.ts';
import { sandboxAccounts } from '#sandbox/incidents/index.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

const now = new Date('2026-11-24T14:41:07.318Z');
const accounts = sandboxAccounts(now);
let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws({ now, accounts });
  return () => sandbox.close();
});
afterEach(() => {
  sandbox.endpoint.faults.clear();
  sandbox.restart();
});

const rowsOf = ({ details }: Report) =>
  (details.changes ?? details.timeline)?.rows.map(({ about, count, text, by }) =>
    [`${about}: ${count > 1 ? `${count} × ` : ''}${text}`, by].filter(Boolean).join(' by '),
  );

const operationsOf = (name: string) =>
  sandbox.endpoint.calls.filter(({ operation }) => operation === name).length;

describe('what is shown', () => {
  it('is every difference between the last good start and the first bad stop, never a value', async () => {
    const report = await sandbox.report('changes prefs prod');
    expect(rowsOf(report)).toEqual([
      'task definition: app: image prefs:7.0.1 → prefs:7.1.0 by github-actions',
      'task definition: app: SESSION_STORE_URL removed by github-actions',
      'task definition: app: LOG_LEVEL changed by github-actions',
    ]);
    expect(report.details.changes).toMatchObject({ before: 'prefs:30', after: 'prefs:31', asked: false });
    expect(JSON.stringify(report)).not.toContain('sessions.prod.internal');
  });

  it.each([
    ['changes emblem prod', /^image: app: another image was pushed over emblem:release, \w{12} → \w{12}$/],
    ['changes ledgers prod', /^secret: the secret prod\/ledgers\/database was changed$/],
    ['changes courses prod', /^service: security groups: sg-\w+ removed, sg-\w+ added$/],
  ])('%s', async (ask, row) => {
    expect(rowsOf(await sandbox.report(ask))).toEqual([expect.stringMatching(row)]);
  });

  it('is that nothing changed, between which times', async () => {
    const { verdict, details } = await sandbox.report('changes quill staging');
    expect(verdict.headline).toMatch(
      /^quill in staging: nothing changed between 2026-11-20 \d\d:\d\d UTC and 2026-11-24T14:41:07/,
    );
    expect(details.changes?.rows).toEqual([]);
  });

  it('is a crash loop in one row, marked where it begins, behind the change that brought it', async () => {
    const report = await sandbox.report('timeline api prod');
    const rows = report.details.timeline?.rows ?? [];
    const failing = rows.findIndex(({ failure }) => failure);
    expect(rows[failing]).toMatchObject({ count: 6, text: expect.stringContaining('app stopped, exit 137') });
    const change = rows.findIndex(({ text }) =>
      text.startsWith('api:42 registered: app: memory 1024 → 512 MiB'),
    );
    expect(change).toBeGreaterThanOrEqual(0);
    expect(change).toBeLessThan(failing);
    expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).toSorted());
    expect(happeningsMarkdown(report)).toContain('**fails from here:** 6 × app stopped');
  });
});

describe('CloudTrail', () => {
  it('is not asked unless somebody wants to know who', async () => {
    for (const ask of ['changes prefs prod', 'timeline prefs prod', 'why-stopped prefs prod'])
      await sandbox.report(ask);
    expect(sandbox.endpoint.calls.filter(({ operation }) => operation === 'LookupEvents')).toEqual([]);
  });

  it('says who called what of this service alone', async () => {
    const report = await sandbox.report('changes prefs prod --who');
    expect(rowsOf(report)?.slice(3)).toEqual([
      expect.stringMatching(
        /^call: RevokeSecurityGroupEgress of sg-\w+ \(tcp 6379, 10\.20\.0\.0\/16\) by terraform$/,
      ),
      'call: PutRolePolicy of prefs-execution (policy read-secrets) by noah',
      'call: RegisterTaskDefinition of prefs by maria',
      'call: UpdateService of prefs by maria',
    ]);
    expect(operationsOf('LookupEvents')).toBeLessThanOrEqual(5);
    expect(report.details.changes?.asked).toBe(true);
  });

  it('may be refused, which costs the names alone', async () => {
    sandbox.endpoint.faults.add('cloudtrail:LookupEvents', { kind: 'deny' });
    const report = await sandbox.report('changes prefs prod --who');
    expect(report.notChecked).toMatchObject([
      { check: 'who changed it', missing: 'cloudtrail:LookupEvents' },
    ]);
    expect(report.verdict.cause).toBe('variable-removed');
    expect(rowsOf(report)).toHaveLength(3);
  });
});

describe('a refused action costs only what depends on it, and is named', () => {
  const actions = [
    'ecs:DescribeServices',
    'ecs:ListTasks',
    'ecs:DescribeTasks',
    'ecs:DescribeTaskDefinition',
    'ecs:ListServiceDeployments',
    'ecs:DescribeServiceRevisions',
    'secretsmanager:DescribeSecret',
    'application-autoscaling:DescribeScalableTargets',
    'logs:GetLogEvents',
    'ecr:DescribeImages',
  ];
  const asks = ['changes ledgers prod', 'timeline ledgers prod', 'why-stopped courses prod'];
  it.each(asks.flatMap((ask) => actions.map((action) => [ask, action] as const)))(
    '%s without %s',
    async (ask, action) => {
      sandbox.endpoint.faults.add(action, { kind: 'deny' });
      const report = await sandbox.report(ask);
      const isAsked = sandbox.endpoint.calls.some(
        ({ service, operation }) => `${service}:${operation}` === action,
      );
      const missing = new Set(report.notChecked.map((entry) => entry.missing));
      expect([...missing].filter((one) => one !== action)).toEqual([]);
      if (isAsked) expect(missing.has(action)).toBe(true);
      // What could not be read is never called unchanged.
      if (ask.startsWith('changes') && isAsked)
        expect(report.verdict.headline).not.toContain('nothing changed');
    },
  );
});

describe('what is asked of AWS', () => {
  const asks = changes.flatMap(({ ask }) => {
    const [, service, place] = ask.split(' ');
    return ['changes', 'timeline', 'why-stopped'].map((command) => `${command} ${service} ${place}`);
  });
  it.each(asks)('%s: nothing twice', async (ask) => {
    await sandbox.report(ask);
    const asked = sandbox.endpoint.calls.map(({ service, operation, input }) =>
      JSON.stringify([service, operation, input]),
    );
    expect(asked.filter((one, index) => asked.indexOf(one) !== index)).toEqual([]);
  });

  it('costs why-stopped nothing more where the revisions tell all', async () => {
    const { aws } = await sandbox.report('why-stopped api prod');
    expect(aws.waves).toBeLessThanOrEqual(3);
    expect(aws.calls).toBeLessThanOrEqual(9);
  });
});
