import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { incidents } from '#sandbox/incidents/index.ts';
import { waiting } from '#sandbox/incidents/waiting/index.ts';
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

/** What may be asked for the question itself, and for those whose answer leads on to something deeper. */
const usual = { calls: 16, waves: 3 };
const deeper: Record<string, typeof usual> = {
  // The limits of an instance type are known by its type, which the instance tells.
  'why-pending radar prod': { calls: 16, waves: 4 },
  // Whether the network or the roles hold up the start: everything that they hang on, beside the question itself.
  'why-pending sprite staging': { calls: 25, waves: 3 },
  // Whether the agent reaches ECS: from the instance to its subnet to what is around it.
  'why-pending meter staging': { calls: 24, waves: 6 },
};

describe('what is asked of AWS for tasks that wait', () => {
  it.each(waiting.map(({ ask }) => ask))(
    '%s: nothing twice, and no more than its answer needs',
    async (ask) => {
      const { aws } = await sandbox.report(ask);
      const asked = sandbox.endpoint.calls.map(({ service, operation, input }) =>
        JSON.stringify([service, operation, input]),
      );
      const { calls, waves } = deeper[ask] ?? usual;
      expect(new Set(asked).size).toBe(asked.length);
      expect(aws.waves).toBeLessThanOrEqual(waves);
      expect(aws.calls).toBeLessThanOrEqual(calls);
    },
  );

  it('is nothing about instances, providers or quotas for a service that has all its tasks', async () => {
    await sandbox.report('why-pending frontend prod');
    const services = new Set(sandbox.endpoint.calls.map(({ service }) => service));
    expect([...services].sort()).toEqual(['ec2', 'ecs', 'sts']);
    expect(sandbox.endpoint.calls.map(({ operation }) => operation)).not.toContain('ListContainerInstances');
  });
});

describe('a refused action costs only what depends on it, and is named', () => {
  it.each([
    ['why-pending lockers staging', 'ec2:DescribeSubnets', 'problem', 'eni-provision-timeout'],
    ['why-pending lockers staging', 'ec2:DescribeSecurityGroups', 'problem', 'subnet-ip-exhausted'],
    [
      'why-pending encode staging',
      'autoscaling:DescribeScalingActivities',
      'problem',
      'capacity-insufficient-memory',
    ],
    [
      'why-pending encode staging',
      'ecs:DescribeCapacityProviders',
      'problem',
      'capacity-insufficient-memory',
    ],
    ['why-pending encode staging', 'ecs:DescribeContainerInstances', 'problem', 'placement-waiting'],
    ['events render staging', 'ecs:ListContainerInstances', 'problem', 'capacity-insufficient-memory'],
    ['events voucher staging', 'servicequotas:GetServiceQuota', 'problem', 'fargate-quota'],
    ['why-pending returns staging', 'ecs:DescribeTaskDefinition', 'problem', 'create-stuck'],
    ['why-pending sprite staging', 'ecs:DescribeTasks', 'unknown', null],
    ['events coupons staging', 'ecs:DescribeServices', 'unknown', null],
  ])('%s without %s', async (ask, action, state, cause) => {
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report(ask);
    expect(notChecked.map((entry) => entry.missing)).toContain(action);
    expect(verdict).toMatchObject({ state, cause });
  });
});

describe('healthy services stay healthy, whichever way they are asked about', () => {
  const healthy = incidents.filter(({ expected }) => expected.state === 'healthy');
  const asks = healthy.flatMap(({ ask }) => {
    const [, subject, environment, ...more] = ask.split(' ');
    return more.length > 0
      ? []
      : ['why-pending', 'events'].map((command) => `${command} ${subject} ${environment}`);
  });
  it.each(asks)('%s', async (ask) => {
    const { verdict } = await sandbox.report(ask);
    expect([verdict.state, verdict.cause]).toEqual(['healthy', null]);
  });
});
