import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { iam } from '#commands/iam.ts';
import { actionsOf } from '#diagnostics/doctor.ts';
import { access } from '#sandbox/incidents/access/index.ts';
import { incidents } from '#sandbox/incidents/index.ts';
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

const asks = access.map(({ ask }) => ask.replace(/^\S+/, 'iam'));

describe('what is asked of AWS', () => {
  it.each(asks)('%s: nothing twice, five waves and twenty-two calls at most', async (ask) => {
    const { aws } = await sandbox.report(ask);
    const asked = sandbox.endpoint.calls.map(({ service, operation, input, region }) =>
      JSON.stringify([service, operation, input, region]),
    );
    expect(new Set(asked).size).toBe(asked.length);
    // Four, and one more where what AWS said names the role or a grant that decides.
    expect(aws.waves).toBeLessThanOrEqual(5);
    // What a finding asks of the network is that check's own.
    const own = sandbox.endpoint.calls.filter(({ service }) => service !== 'ec2' && service !== 'sts');
    expect(own.length).toBeLessThanOrEqual(22);
  });

  it('is nothing about what the task definition does not name', async () => {
    await sandbox.report('iam frontend prod');
    const services = new Set(sandbox.endpoint.calls.map(({ service }) => service));
    expect([...services].sort()).toEqual(['ecs', 'iam', 'logs', 'sts']);
  });

  it('is never the value of a secret', async () => {
    for (const ask of asks) await sandbox.report(ask);
    const operations = sandbox.endpoint.calls.map(({ operation }) => operation);
    expect(
      operations.filter((name) => /^(?:GetSecretValue|GetParameter|Decrypt|BatchGet)/.test(name)),
    ).toEqual([]);
  });
});

describe('each refused action costs only what depends on it, and is named', () => {
  it.each([
    ['iam umber staging', 'iam:SimulatePrincipalPolicy', 'unknown', null],
    ['iam umber staging', 'iam:GetRole', 'unknown', null],
    ['iam umber staging', 'kms:GetKeyPolicy', 'unknown', null],
    ['iam umber staging', 'ssm:DescribeParameters', 'unknown', null],
    ['iam umber staging', 'secretsmanager:DescribeSecret', 'unknown', null],
    ['iam umber staging', 'logs:DescribeLogGroups', 'unknown', null],
    ['iam umber staging', 'ecs:DescribeTaskDefinition', 'unknown', null],
    ['iam payments prod', 'iam:SimulatePrincipalPolicy', 'problem', 'secret-permission-denied'],
    ['iam payments prod', 'secretsmanager:DescribeSecret', 'problem', 'secret-permission-denied'],
    ['iam scanner prod', 'kms:DescribeKey', 'problem', 'secret-kms-denied'],
    ['iam charter prod', 'kms:GetKeyPolicy', 'problem', 'secret-kms-denied'],
    ['iam jetty staging', 'elasticfilesystem:DescribeAccessPoints', 'problem', 'efs-access-denied'],
    ['iam torchlight prod', 'elasticfilesystem:DescribeMountTargets', 'problem', 'efs-dns-unresolved'],
    ['iam charter prod', 'kms:ListGrants', 'problem', 'secret-kms-denied'],
    ['iam whimbrel staging', 'kms:ListGrants', 'healthy', null],
    ['iam walnut prod', 'secretsmanager:GetResourcePolicy', 'healthy', null],
    ['iam opera staging', 'iam:GetRole', 'unknown', null],
    ['iam orchard prod', 'logs:DescribeLogGroups', 'unknown', null],
  ])('%s without %s', async (ask, action, state, cause) => {
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report(ask);
    expect(notChecked.map(({ missing }) => missing)).toContain(action);
    expect(notChecked.filter(({ missing }) => missing !== action)).toEqual([]);
    expect(verdict).toMatchObject({ state, cause });
  });

  it('all that are needed are known before', () => {
    expect(actionsOf(iam.checks ?? [])).toEqual(
      expect.arrayContaining([
        'iam:GetRole',
        'iam:SimulatePrincipalPolicy',
        'secretsmanager:DescribeSecret',
        'kms:DescribeKey',
      ]),
    );
  });
});

describe('the answer', () => {
  it('of a healthy service says in one line what its roles may do', async () => {
    const { verdict } = await sandbox.report('iam umber staging');
    expect(verdict.headline).toBe(
      'umber in staging: its execution role may read all 2 secrets under its key, pull and write its log group, its task role can be assumed',
    );
  });

  it('says what is left open, and that tasks run with it', async () => {
    const { verdict, details } = await sandbox.report('iam rivet prod');
    expect(verdict.headline).toContain(
      '1 of 7 rights cannot be decided from outside, and 2 tasks of rivet:14 started with them',
    );
    const states = details.access?.roles.flatMap(({ rights }) => rights.map(({ state }) => state));
    expect(states?.filter((state) => state === 'open')).toHaveLength(1);
  });

  it('tells of a rotation after the start', async () => {
    const { details } = await sandbox.report('iam velvet prod');
    expect(details.notes?.join()).toContain('after 3 running tasks had read it');
  });

  it('holds the very statement that is missing', async () => {
    const { findings } = await sandbox.report('why-stopped payments prod');
    const fix = findings.find(({ cause }) => cause === 'secret-permission-denied')?.fix;
    expect(JSON.parse(fix?.policy ?? '')).toMatchObject({
      Action: ['secretsmanager:GetSecretValue'],
      Resource: expect.stringMatching(/secret:prod\/payments\/stripe-webhook-Xw41bN$/),
    });
  });

  it('calls no broken network a fault of permissions', async () => {
    const { verdict, details } = await sandbox.report('iam ledger staging');
    expect(verdict.chain).toContain('secrets-endpoint-unreachable');
    expect(verdict.cause).not.toMatch(/denied|permission/);
    const states = details.access?.roles.flatMap(({ rights }) => rights.map(({ state }) => state));
    expect(new Set(states)).toEqual(new Set(['allowed']));
  });
});

describe('services whose trouble is not one of roles are told so', () => {
  const elsewhere = incidents.filter(({ expected }) =>
    /^(?:oom-|app-(?!credentials)|elb-)/.test(expected.cause ?? ''),
  );
  it.each(elsewhere.slice(0, 12).map(({ ask }) => ask.replace(/^\S+/, 'iam')))('%s', async (ask) => {
    const { verdict, findings } = await sandbox.report(ask);
    expect(verdict).toMatchObject({ state: 'healthy', cause: null });
    expect(findings).toEqual([]);
  });
});
