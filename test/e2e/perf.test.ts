import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { incidents, sandboxAccounts } from '#sandbox/incidents/index.ts';
import { trends } from '#sandbox/incidents/trends/index.ts';
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

const operations = () => sandbox.endpoint.calls.map(({ operation }) => operation);

describe('what is asked of AWS over time', () => {
  it.each(trends.map(({ ask }) => ask))(
    '%s: nothing twice, three waves and ten calls at most, and one wave more where instances are asked for',
    async (ask) => {
      const { aws } = await sandbox.report(ask);
      const asked = sandbox.endpoint.calls.map(({ service, operation, input }) =>
        JSON.stringify([service, operation, input]),
      );
      expect(new Set(asked).size).toBe(asked.length);
      expect(aws.waves).toBeLessThanOrEqual(operations().includes('ListContainerInstances') ? 4 : 3);
      expect(aws.calls).toBeLessThanOrEqual(10);
    },
  );

  it('of a calm service that nothing scales are five calls, one of them for all metrics', async () => {
    const { aws } = await sandbox.report('perf ballast prod');
    expect([aws.calls, aws.waves]).toEqual([5, 2]);
    expect(operations().filter((operation) => operation === 'GetMetricData')).toHaveLength(1);
  });

  it('of starts is nothing about images where pulling does not take longest', async () => {
    const { aws } = await sandbox.report('startup spindle staging');
    expect(aws.waves).toBe(2);
    expect(operations()).not.toContain('DescribeImages');
  });

  it('asks for metrics of Container Insights only where the cluster sends them', async () => {
    const asked = async (subject: string) => {
      sandbox.restart();
      await sandbox.report(`perf ${subject}`);
      return JSON.stringify(sandbox.endpoint.calls).includes('ECS/ContainerInsights');
    };
    expect([await asked('flywheel prod'), await asked('sluice staging')]).toEqual([true, false]);
  });

  it('looks back as far as somebody says', async () => {
    const { details } = await sandbox.report('perf flywheel prod --since 30m');
    expect(details.perf?.minutes).toBe(31);
  });
});

describe('a refused action costs only what depends on it, and is named', () => {
  it.each([
    ['perf boiler prod', 'cloudwatch:GetMetricData', 'unknown', null],
    ['perf boiler prod', 'ecs:DescribeServices', 'unknown', null],
    ['perf boiler prod', 'ecs:ListTasks', 'problem', 'memory-climbing'],
    ['perf boiler prod', 'ecs:DescribeTasks', 'problem', 'memory-climbing'],
    ['perf boiler prod', 'ecs:DescribeTaskDefinition', 'problem', 'memory-climbing'],
    ['perf boiler prod', 'ecs:DescribeClusters', 'problem', 'memory-climbing'],
    ['perf gantry prod', 'application-autoscaling:DescribeScalableTargets', 'problem', 'cpu-saturated'],
    ['perf gantry prod', 'application-autoscaling:DescribeScalingPolicies', 'problem', 'cpu-saturated'],
    [
      'perf gantry prod',
      'application-autoscaling:DescribeScalingActivities',
      'problem',
      'autoscaling-at-maximum',
    ],
    ['perf gantry prod', 'cloudwatch:DescribeAlarms', 'problem', 'autoscaling-at-maximum'],
    ['perf periscope prod', 'cloudwatch:DescribeAlarms', 'unknown', null],
    ['perf sluice staging', 'application-autoscaling:DescribeScalingPolicies', 'unknown', null],
    ['perf mailer staging', 'ecs:ListTasks', 'unknown', null],
    ['perf treadmill prod', 'ecs:ListContainerInstances', 'unknown', null],
    ['perf piston prod', 'application-autoscaling:DescribeScalableTargets', 'problem', 'hot-task'],
    ['startup crucible prod', 'ecr:DescribeImages', 'problem', 'slow-start-pull'],
    ['startup crucible prod', 'ecs:DescribeTaskDefinition', 'problem', 'slow-start-pull'],
    ['startup crucible prod', 'ecs:ListTasks', 'unknown', null],
    ['startup crucible prod', 'ecs:DescribeTasks', 'unknown', null],
    ['startup crucible prod', 'ecs:DescribeServices', 'unknown', null],
    ['startup spindle staging', 'elasticloadbalancing:DescribeTargetGroups', 'unknown', null],
    [
      'startup spindle staging',
      'elasticloadbalancing:DescribeTargetGroupAttributes',
      'problem',
      'slow-start-ready',
    ],
  ])('%s without %s', async (ask, action, state, cause) => {
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report(ask);
    expect([...new Set(notChecked.map((entry) => entry.missing))]).toEqual([action]);
    expect(verdict).toMatchObject({ state, cause });
  });
});

describe('the change to make, with the exact numbers', () => {
  it.each([
    ['perf boiler prod', /\.cpu = "256" \| \.memory = "1024"/],
    ['perf gantry prod', /--resource-id service\/prod\/gantry --max-capacity 7$/],
    [
      'perf sluice staging',
      /--suspended-state DynamicScalingOutSuspended=false,DynamicScalingInSuspended=false$/,
    ],
    ['perf treadmill prod', /modify-instance-credit-specification .*InstanceId=i-0\w+,CpuCredits=unlimited$/],
    ['perf turbine prod', /\.cpu = "512" \| \.memory = "1024"/],
    [
      'startup spindle staging',
      /--target-group-arn arn:aws:\S+ --health-check-interval-seconds 10 --health-check-timeout-seconds 5 --region eu-west-1$/,
    ],
  ])('%s', async (ask, cli) => {
    const { findings, verdict } = await sandbox.report(ask);
    expect(findings.find(({ cause }) => cause === verdict.cause)?.fix?.cli).toMatch(cli);
  });

  it('of a large image says its size, its pace and what half of it would save', async () => {
    const { findings } = await sandbox.report('startup crucible prod');
    expect(findings[0]?.fix?.summary).toMatch(/2\.1 GB at 18 MB a second.*SOCI.*save about 59 s/);
  });
});

describe('what numbers do not say', () => {
  it('that a graph is low does not speak against a kill for memory', async () => {
    const { findings } = await sandbox.report('perf mailer staging');
    expect(findings.find(({ cause }) => cause === 'oom-child-process')?.summary).toMatch(
      /tops at \d+ %, which does not speak against it/,
    );
  });

  it('no data is not low', async () => {
    const { verdict, details } = await sandbox.report('perf pulley staging');
    expect(verdict.headline).toContain('no data yet');
    expect(details.perf?.cpu).toBeUndefined();
    expect(details.charts ?? []).toEqual([]);
  });

  it('the seconds until a first check are marked as an estimate', async () => {
    const { details } = await sandbox.report('startup spindle staging');
    expect(details.startup?.ready).toMatchObject({ seconds: 180, estimated: true });
  });
});

describe('the memory of one task', () => {
  it('is read by a query where the task is named, and costs nobody else one', async () => {
    const { details } = await sandbox.report('perf boiler prod');
    expect(operations()).not.toContain('StartQuery');
    const report = await sandbox.report(`perf boiler prod --task ${details.perf?.killed}`);
    expect(report.details.taskMemory).toMatchObject({
      task: details.perf?.killed,
      state: 'stopped',
      containers: [{ name: 'app', limit: 512, highest: expect.toSatisfy((mib) => mib > 480) }],
    });
    expect(report.details.notes?.join()).toContain('does not refute that memory ran out');
  });

  it('is not told where the query is refused, or the cluster takes no samples', async () => {
    const task = '0123456789abcdef0123456789abcdef';
    sandbox.endpoint.faults.add('logs:StartQuery', { kind: 'deny' });
    const refused = await sandbox.report(`perf flywheel prod --task ${task}`);
    expect(refused.notChecked.map(({ missing }) => missing)).toEqual(['logs:StartQuery']);
    expect(refused.verdict.headline).toMatch(/could not tell what memory task 01234567 used, not allowed/);
    const off = await sandbox.report(`perf sluice staging --task ${task}`);
    expect(off.details.taskMemory).toBeUndefined();
    expect(off.details.perf?.killed).toBeUndefined();
  });
});

describe('a service that is well is called neither short of anything nor slow', () => {
  const services = new Set(
    accounts.flatMap(({ world }) => world.services.map(({ serviceName }) => serviceName)),
  );
  const subjects = new Set(
    incidents
      .filter(({ expected, ask }) => expected.state === 'healthy' && services.has(ask.split(' ')[1]))
      .map(({ ask }) => ask.split(' ').slice(1, 3).join(' '))
      .filter((subject) => / (?:prod|staging)$/.test(subject)),
  );
  it.each([...subjects])('%s', async (subject) => {
    for (const command of ['perf', 'startup']) {
      const { verdict, findings } = await sandbox.report(`${command} ${subject}`);
      expect(verdict.state, command).not.toBe('problem');
      expect(
        findings.filter(({ severity }) => severity !== 'info'),
        command,
      ).toEqual([]);
    }
  });
});
