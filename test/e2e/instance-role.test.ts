import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { customerKey } from '#sandbox/incidents/build/customer-key.ts';
import { instanceOf, onInstances } from '#sandbox/incidents/build/ec2.ts';
import { hostsWithout } from '#sandbox/incidents/build/instance-profile.ts';
import { mergeWorlds } from '#sandbox/incidents/build/merge.ts';
import { standing } from '#sandbox/incidents/build/standing.ts';
import { before, days } from '#sandbox/incidents/build/times.ts';
import { withExec } from '#sandbox/incidents/build/with-exec.ts';
import type { Incident, Place } from '#sandbox/incidents/incident.ts';
import { sandboxAccounts } from '#sandbox/incidents/index.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

/** A service on one instance, without a task role and with sessions switched on. */
function bare(service: string, profile?: readonly string[]): Incident {
  const world = (now: Date, place: Place) => {
    const host = instanceOf(place, service, { number: 0, registeredAt: before(now)(days(60)) });
    const told = onInstances(
      withExec(standing(place, now, { service, ago: 2600, desired: 1 }), {
        definition: { taskRoleArn: undefined },
      }),
      [host],
    );
    return profile ? mergeWorlds([told, hostsWithout(place, `${service}-hosts`, [host], profile)]) : told;
  };
  return {
    name: service,
    title: service,
    environment: 'staging',
    ask: `exec ${service} staging`,
    expected: { state: 'healthy', cause: null, status: 'confirmed' },
    world,
  };
}

describe('a session in a task without a task role', () => {
  let aws: SandboxAws;
  beforeAll(async () => {
    aws = await openSandboxAws({ accounts: sandboxAccounts(new Date(), [bare('lathe')]) });
  });
  afterEach(() => {
    aws.endpoint.faults.clear();
    aws.restart();
  });
  afterAll(() => aws.close());

  it('needs the rights of the role of its instance', async () => {
    const report = await aws.report('exec lathe staging');
    expect(report.verdict).toMatchObject({ state: 'problem', cause: 'exec-role-denied', status: 'likely' });
    expect(report.findings[0]?.fix?.summary).toContain(':role/ecsInstanceRole');
    expect(report.details?.exec?.steps).toContainEqual(
      expect.objectContaining({
        about: 'Task role',
        state: 'ok',
        text: expect.stringContaining('ecsInstanceRole'),
      }),
    );
  });

  it.each(['iam:GetInstanceProfile', 'ec2:DescribeInstances'])('is open without %s', async (missing) => {
    aws.endpoint.faults.add(missing, { kind: 'deny' });
    const report = await aws.report('exec lathe staging');
    expect(report.verdict.state).toBe('unknown');
    expect(report.findings.filter(({ status }) => status === 'confirmed' || status === 'likely')).toEqual([]);
    expect(report.notChecked.map((one) => one.missing)).toContain(missing);
  });
});

describe('an image that instances pull without an execution role', () => {
  let aws: SandboxAws;
  beforeAll(async () => {
    aws = await openSandboxAws();
  });
  afterEach(() => {
    aws.endpoint.faults.clear();
    aws.restart();
  });
  afterAll(() => aws.close());

  it('needs the rights of their role, which the fix names', async () => {
    const report = await aws.report('image loom prod');
    const found = report.findings.find(({ cause }) => cause === 'image-ecr-permission');
    expect(found).toMatchObject({
      status: 'confirmed',
      subject: expect.stringContaining(':role/loom-hosts'),
    });
    expect(found?.fix?.cli).toContain('--role-name loom-hosts');
  });

  it('is open where their role cannot be read', async () => {
    aws.endpoint.faults.add('iam:GetInstanceProfile', { kind: 'deny' });
    const report = await aws.report('image loom prod');
    expect(report.findings.map(({ cause, status }) => [cause, status])).not.toContainEqual([
      'image-ecr-permission',
      'confirmed',
    ]);
    expect(report.notChecked).toContainEqual(expect.objectContaining({ missing: 'iam:GetInstanceProfile' }));
  });

  it('is what may pull, and what the answer of the roles names, too', async () => {
    const report = await aws.report('iam loom prod');
    const [execution] = report.details?.access?.roles ?? [];
    expect(execution).toMatchObject({ role: 'execution', state: 'none' });
    expect(execution?.rights.map(({ action, state }) => [action, state])).toEqual(
      expect.arrayContaining([
        ['ecr:BatchGetImage', 'denied'],
        ['logs:PutLogEvents', 'allowed'],
      ]),
    );
  });
});

describe('a program that AWS refused something under the role of its instance', () => {
  let aws: SandboxAws;
  beforeAll(async () => {
    aws = await openSandboxAws();
  });
  afterEach(() => {
    aws.endpoint.faults.clear();
    aws.restart();
  });
  afterAll(() => aws.close());

  it('needs the right in that role', async () => {
    const report = await aws.report('iam tinsmith staging');
    const found = report.findings.find(({ cause }) => cause === 'app-credentials-missing');
    expect(found?.summary).toContain('The role of its instances, tinsmith-hosts, may not call');
    expect(found?.fix?.cli).toContain('--role-name tinsmith-hosts');
  });

  it('is told by its log alone where that role cannot be read', async () => {
    aws.endpoint.faults.add('iam:GetRole', { kind: 'deny' });
    const report = await aws.report('iam tinsmith staging');
    const found = report.findings.find(({ cause }) => cause === 'app-credentials-missing');
    expect(found?.fix?.policy).toBeUndefined();
    expect(report.notChecked.map(({ missing }) => missing)).toContain('iam:GetRole');
  });
});

describe('a session that the cluster encrypts and keeps', () => {
  let aws: SandboxAws;
  beforeAll(async () => {
    const accounts = sandboxAccounts(new Date(), [bare('trowel', [])]);
    const staging = accounts.find(({ world }) => world.clusters[0]?.clusterName === 'staging');
    const [cluster] = staging?.world.clusters ?? [];
    if (!staging || !cluster) throw new Error('There is no cluster staging');
    const key = customerKey(
      { region: staging.region, account: staging.id, cluster: 'staging' } as Place,
      'sessions',
    );
    staging.world.keys = [...(staging.world.keys ?? []), key];
    cluster.configuration = {
      executeCommandConfiguration: {
        kmsKeyId: key.Arn ?? '',
        logging: 'OVERRIDE',
        logConfiguration: { cloudWatchLogGroupName: '/ecs/trowel', cloudWatchEncryptionEnabled: true },
      },
    };
    aws = await openSandboxAws({ accounts });
  });
  afterAll(() => aws.close());

  it('needs the ways, the rights and the places that those settings name', async () => {
    const report = await aws.report('exec trowel staging');
    const steps = Object.fromEntries(
      (report.details?.exec?.steps ?? []).map(({ about, state }) => [about, state]),
    );
    expect(steps).toMatchObject({
      'Way to Session Manager': 'ok',
      'Way to KMS': 'ok',
      'Way to CloudWatch Logs': 'ok',
      'Right to decrypt it': 'blocked',
      'Right to log it': 'blocked',
      "Session's key": 'ok',
      "Session's log": 'blocked',
    });
    expect(report.notChecked).toEqual([]);
  });
});
