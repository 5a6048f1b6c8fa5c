import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connections } from '#sandbox/incidents/connections/index.ts';
import { sandboxAccounts } from '#sandbox/incidents/index.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

const accounts = sandboxAccounts(new Date());
let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws({ accounts });
  return () => sandbox.close();
});
afterEach(() => {
  sandbox.endpoint.faults.clear();
  sandbox.restart();
});

describe('one service asked about another', () => {
  it.each(connections.map(({ ask, expected }) => ({ ask, expected })))('$ask', async ({ ask, expected }) => {
    const { verdict } = await sandbox.report(ask);
    expect(verdict).toMatchObject({ state: expected.state, cause: expected.cause, status: expected.status });
  });

  it.each(connections.map(({ ask }) => ask))('%s asks nothing twice, in few waves', async (ask) => {
    const { aws } = await sandbox.report(ask);
    const asked = sandbox.endpoint.calls.map(({ service, operation, input }) =>
      JSON.stringify([service, operation, input]),
    );
    expect(new Set(asked).size).toBe(asked.length);
    expect(aws.calls).toBeLessThanOrEqual(24);
    // One more where the VPC has to be looked at to know which of several resolvers answers there.
    const resolvers = sandbox.endpoint.calls.some(({ operation }) => operation === 'DescribeVpcs');
    expect(aws.waves).toBeLessThanOrEqual(resolvers ? 4 : 3);
  });
});

describe('the rule to add, with real names', () => {
  it.each([
    [
      'connect booth hamper prod',
      /authorize-security-group-ingress --group-id sg-0\w{16} .*FromPort=8080,ToPort=8080,UserIdGroupPairs=\[\{GroupId=sg-0\w{16}\}\]/,
      /aws_vpc_security_group_ingress_rule" "booth_to_hamper"/,
    ],
    [
      'connect bursar payroll staging',
      /authorize-security-group-egress --group-id sg-0\w{16} .*FromPort=8080,ToPort=8080/,
      /aws_vpc_security_group_egress_rule" "bursar_to_payroll"/,
    ],
    [
      'connect teapot samovar staging',
      /authorize-security-group-ingress .*FromPort=443,ToPort=443,IpRanges=\[\{CidrIp=[\d.]+\/32\}\]/,
      /cidr_ipv4/,
    ],
  ])('%s', async (ask, cli, terraform) => {
    const { findings, verdict } = await sandbox.report(ask);
    const fix = findings.find(({ cause }) => cause === verdict.cause)?.fix;
    expect(fix?.cli).toMatch(cli);
    expect(fix?.terraform).toMatch(terraform);
    expect(fix?.console).toContain('#SecurityGroup:groupId=sg-');
  });
});

it('shows both the rule that takes the requests and the one that is shadowed, at their listener', async () => {
  const { findings } = await sandbox.report('connect scribe blotter prod');
  const [found] = findings.filter(({ cause }) => cause === 'connect-rule-shadowed');
  expect(found?.evidence.map(({ value }) => value.split(':')[0])).toEqual(['rule 5', 'rule 20']);
  expect(found?.fix?.console).toContain('#ELBListenerV2:listenerArn=');
});

describe('a refused action leaves it open and is named', () => {
  it.each([
    ['connect booth hamper prod', 'ec2:DescribeSecurityGroups'],
    ['connect booth hamper prod', 'ecs:ListTasks'],
    ['connect rider crates prod', 'ec2:DescribeNetworkAcls'],
    ['connect rider crates prod', 'ec2:DescribeSubnets'],
    ['connect novel reviews prod', 'elasticloadbalancing:DescribeRules'],
    ['connect meadow cider prod', 'servicediscovery:ListInstances'],
    ['connect usher turnstile prod', 'servicediscovery:GetService'],
    ['connect usher turnstile prod', 'servicediscovery:GetNamespace'],
    ['connect chorus soloist prod', 'servicediscovery:GetService'],
    ['connect abbey choir staging', 'route53:ListHostedZonesByVPC'],
  ])('%s without %s', async (ask, action) => {
    sandbox.endpoint.faults.add(action, { kind: 'deny' });
    const { verdict, notChecked } = await sandbox.report(ask);
    expect(verdict).toMatchObject({ state: 'unknown', cause: null });
    expect([...new Set(notChecked.map(({ missing }) => missing))]).toEqual([action]);
  });
});

describe('a port, an address or a host', () => {
  it.each([
    ['connect rider crates:9090 prod', 'problem', 'connect-ingress-missing'],
    ['connect bursar 10.30.64.9:5432 staging', 'problem', 'connect-egress-missing'],
    ['connect bursar example.com staging', 'healthy', null],
    ['connect bursar example.com:5432 staging', 'problem', 'connect-egress-missing'],
    ['connect rider db.prod.internal:5432 prod', 'unknown', null],
    ['connect rider 192.0.2.9:443 prod', 'healthy', null],
  ])('%s', async (ask, state, cause) => {
    expect((await sandbox.report(ask)).verdict).toMatchObject({ state, cause });
  });
});

describe('tasks that share the network of their instances', () => {
  it.each([
    ['connect scout kiln staging', 'tcp 32768 in from staging-public'],
    ['connect kiln rangers:9999 staging', 'tcp 9999 in from sg-'],
  ])('%s', async (ask, rule) => {
    const { verdict, findings, aws } = await sandbox.report(ask);
    expect(verdict).toMatchObject({
      state: 'problem',
      cause: 'connect-ingress-missing',
      status: 'confirmed',
    });
    expect(findings[0]?.summary).toContain(rule);
    expect(aws.waves).toBeLessThanOrEqual(5);
  });
});

describe('the other end by another name than its own', () => {
  it.each([
    ['connect rider crate prod', 'Read “crate” as crates.'],
    ['connect rider cratez prod', 'Read “cratez” as crates.'],
    ['connect rider Crates:8080 prod', 'Read “Crates” as crates.'],
  ])('%s', async (ask, note) => {
    const { verdict, details } = await sandbox.report(ask);
    expect(verdict.headline).toContain('the way to crates is open');
    expect(details.notes).toContain(note);
  });

  it('by one of its tasks', async () => {
    const [task] = accounts
      .flatMap(({ world }) => world.tasks)
      .filter(({ group, lastStatus }) => group === 'service:crates' && lastStatus === 'RUNNING');
    const { verdict, details } = await sandbox.report(`connect rider ${task?.taskArn} prod`);
    expect(verdict).toMatchObject({ state: 'healthy' });
    expect(details.notes?.join(' ')).toContain('belongs to crates');
  });

  it('asks which of several is meant, and keeps both ends', async () => {
    const answer = await sandbox.ask('connect rider re prod');
    const choices = answer.kind === 'choice' ? answer.choices : [];
    expect(choices.length).toBeGreaterThan(1);
    expect(choices[0]?.request).toMatchObject({ service: 'rider', to: choices[0]?.label });
  });

  it('never takes the one that connects for the other', async () => {
    await expect(sandbox.ask('connect rider ride prod')).rejects.toThrow('fits rider alone');
  });

  it('says that there is none, with what may be meant', async () => {
    const none = sandbox.ask('connect rider scratch prod');
    await expect(none).rejects.toThrow('There is no service “scratch” in prod');
    await expect(sandbox.ask('connect rider 3f2a9c014d5e4b60a7c81d2e3f405162 prod')).rejects.toThrow(
      'knows no task 3f2a9c014d5e4b60a7c81d2e3f405162',
    );
  });
});
