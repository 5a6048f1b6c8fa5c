import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { health } from '#sandbox/incidents/health/index.ts';
import { incidents, sandboxAccounts } from '#sandbox/incidents/index.ts';
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

describe('what is asked of AWS for health checks', () => {
  it.each(health.map(({ ask }) => ask))('%s: nothing twice, four waves at most', async (ask) => {
    const { aws } = await sandbox.report(ask);
    const asked = sandbox.endpoint.calls.map(({ service, operation, input }) =>
      JSON.stringify([service, operation, input]),
    );
    expect(new Set(asked).size).toBe(asked.length);
    expect(aws.waves).toBeLessThanOrEqual(4);
    expect(aws.calls).toBeLessThanOrEqual(16);
  });

  it('is nothing about load balancers, security groups or subnets where every target is healthy', async () => {
    const { aws } = await sandbox.report('health frontend prod');
    expect(aws.waves).toBe(3);
    const operations = sandbox.endpoint.calls.map(({ operation }) => operation);
    for (const dear of [
      'DescribeLoadBalancers',
      'DescribeRules',
      'DescribeSecurityGroups',
      'DescribeSubnets',
    ])
      expect(operations).not.toContain(dear);
  });
});

describe('the path from a symptom to its root', () => {
  it.each([
    ['health wishlist prod', ['unhealthy-replaced', 'elb-health-timeout', 'health-security-group-blocks']],
    ['health relay prod', ['unhealthy-replaced', 'elb-health-timeout', 'health-security-group-blocks']],
    [
      'health stickers prod',
      ['unhealthy-replaced', 'elb-health-connection-failed', 'health-check-port-differs'],
    ],
    ['health planner prod', ['elb-health-connection-failed', 'elb-grace-too-short']],
    [
      'why-stopped wishlist prod',
      ['unhealthy-replaced', 'elb-health-timeout', 'health-security-group-blocks'],
    ],
  ])('%s', async (ask, chain) => {
    expect((await sandbox.report(ask)).verdict.chain).toEqual(chain);
  });
});

describe('the change to make, with real names', () => {
  it.each([
    [
      'health wishlist prod',
      /--group-id sg-0\w{16} .*FromPort=8080,ToPort=8080,UserIdGroupPairs=\[\{GroupId=sg-0\w{16}\}\]/,
    ],
    ['health relay prod', /IpRanges=\[\{CidrIp=10\.20\.240\.0\/22\}\]/],
    ['health ferry staging', /^aws ec2 authorize-security-group-egress --group-id sg-0\w{16} /],
    ['health planner prod', /--health-check-grace-period-seconds \d{3}$/],
    ['health stickers prod', /--health-check-port traffic-port/],
    ['health tickets prod', /WITHOUT_REDIRECT/],
    ['health members staging', /FOR_ANY_HOST/],
    [
      'health atlas staging',
      /set-subnets --load-balancer-arn arn:aws:elasticloadbalancing:.*SUBNET_IN_EU_WEST_1C/,
    ],
  ])('%s', async (ask, cli) => {
    const { findings, verdict } = await sandbox.report(ask);
    expect(findings.find(({ cause }) => cause === verdict.cause)?.fix?.cli).toMatch(cli);
  });
});

describe('a refused action costs only what depends on it, and is named', () => {
  it.each([
    ['health wishlist prod', 'ec2:DescribeSecurityGroups', 'problem', 'elb-health-timeout'],
    ['health wishlist prod', 'ec2:DescribeSubnets', 'problem', 'elb-health-timeout'],
    ['health wishlist prod', 'elasticloadbalancing:DescribeLoadBalancers', 'problem', 'elb-health-timeout'],
    ['health wishlist prod', 'cloudwatch:GetMetricData', 'problem', 'health-security-group-blocks'],
    ['health wishlist prod', 'ecs:DescribeTaskDefinition', 'problem', 'health-security-group-blocks'],
    ['health wishlist prod', 'ecs:ListTasks', 'problem', 'elb-health-timeout'],
    ['health relay prod', 'ec2:DescribeSubnets', 'problem', 'elb-health-timeout'],
    ['health foundry staging', 'ec2:DescribeInstances', 'problem', 'elb-health-timeout'],
    ['health canal prod', 'ec2:DescribeNetworkAcls', 'problem', 'elb-health-timeout'],
    ['health planner prod', 'cloudwatch:GetMetricData', 'problem', 'elb-health-connection-failed'],
    ['health stickers prod', 'ecs:DescribeTaskDefinition', 'problem', 'elb-health-connection-failed'],
    ['health palette prod', 'elasticloadbalancing:DescribeRules', 'healthy', null],
    ['health museum staging', 'elasticloadbalancing:DescribeTargetGroupAttributes', 'healthy', null],
    ['health kiln staging', 'ecs:DescribeContainerInstances', 'healthy', null],
    ['health frontend prod', 'elasticloadbalancing:DescribeTargetHealth', 'unknown', null],
    ['health frontend prod', 'elasticloadbalancing:DescribeTargetGroups', 'unknown', null],
    ['health frontend prod', 'ecs:DescribeServices', 'unknown', null],
  ])('%s without %s', async (ask, action, state, cause) => {
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report(ask);
    expect([...new Set(notChecked.map((entry) => entry.missing))]).toEqual([action]);
    expect(verdict).toMatchObject({ state, cause });
  });
});

describe('healthy services stay healthy when somebody asks for their health', () => {
  const services = new Set(
    accounts.flatMap(({ world }) => world.services.map(({ serviceName }) => serviceName)),
  );
  const subjects = new Set(
    incidents
      .filter(({ expected }) => expected.state === 'healthy')
      .map(({ ask }) => ask.split(' ').slice(1))
      // A question about two services names three things.
      .filter(([subject, , more]) => more === undefined && services.has(subject))
      .map((words) => words.join(' ')),
  );
  it.each([...subjects])('%s', async (subject) => {
    const { verdict, findings } = await sandbox.report(`health ${subject}`);
    expect([verdict.state, verdict.cause]).toEqual(['healthy', null]);
    expect(findings.filter(({ severity, alsoSeen }) => severity === 'error' && !alsoSeen)).toEqual([]);
  });
});

describe('the answer itself', () => {
  it.each([
    [
      'health frontend prod',
      /3 of 3 targets healthy in frontend, checks HTTP GET \/health on port 8080 every 15 s/,
    ],
    ['health palette prod', /2 of 2 targets healthy in palette-green.*palette waits for the next deployment/],
    ['health museum staging', /no target in museum but 2 draining out/],
    ['health beacon prod', /2 of 3 targets healthy in beacon, 1 in the first checks/],
    ['health almanac prod', /2 of 3 targets healthy in almanac/],
    ['health search staging', /nothing checks it/],
  ])('%s', async (ask, headline) => {
    expect((await sandbox.report(ask)).verdict.headline).toMatch(headline);
  });

  it('joins every target to its task, and says which has none', async () => {
    const { details } = await sandbox.report('health almanac prod');
    expect(details.health?.groups[0]?.targets.map(({ state, task }) => [state, task !== undefined])).toEqual([
      ['unhealthy', false],
      ['healthy', true],
      ['healthy', true],
    ]);
    expect(details.notes?.join(' ')).toContain('10.20.140.18');
  });

  it('joins instances by the port that each task got there', async () => {
    const { details, verdict } = await sandbox.report('health kiln staging');
    const targets = details.health?.groups[0]?.targets ?? [];
    expect(new Set(targets.map(({ task }) => task)).size).toBe(3);
    expect(verdict.headline).toMatch(/3 of 3 targets healthy in kiln/);
    expect(verdict.headline).not.toMatch(/on port/);
  });

  it('does not take 0 healthy for down', async () => {
    const { details } = await sandbox.report('health forum prod');
    expect(details.health?.groups[0]).toMatchObject({ healthy: 0, total: 3, failsOpen: true });
    expect(details.health?.metrics?.p99).toBeLessThan(0.1);
    expect(details.notes?.join(' ')).toContain('fails open');
  });
});
