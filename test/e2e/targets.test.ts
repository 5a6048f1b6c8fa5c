import { beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '#commands/command.ts';
import { openSandboxAws, type SandboxAws } from '#test/ask-sandbox.ts';

let sandbox: SandboxAws;
beforeAll(async () => {
  sandbox = await openSandboxAws();
  return () => sandbox.close();
});

async function refusal(typed: string): Promise<UsageError> {
  const answer = await sandbox.ask(typed).catch((error: unknown) => error);
  if (answer instanceof UsageError) return answer;
  throw new Error(`“${typed}” was not refused`);
}

describe('a name finds its service', () => {
  it('exactly, though a longer name begins with it', async () => {
    expect((await sandbox.report('status auth prod')).target.service).toBe('auth');
  });

  it.each([
    ['chekout', 'checkout'],
    ['API', 'api'],
    ['front', 'frontend'],
  ])('%s, and says how it was read', async (typed, service) => {
    const report = await sandbox.report(`status ${typed} prod`);
    expect(report.target.service).toBe(service);
    expect(report.details.notes?.[0]).toBe(`Read “${typed}” as ${service}.`);
  });

  it('and what looking it up has asked of AWS is in the report', async () => {
    sandbox.restart();
    const { aws } = await sandbox.report('status chekout prod');
    const asked = sandbox.endpoint.calls.filter(({ service }) => service !== 'sts');
    expect(asked.map(({ operation }) => operation)).toContain('ListServices');
    expect(aws.calls).toBe(asked.length);
  });

  it('or asks, when two fit', async () => {
    const answer = await sandbox.ask('why-stopped aut prod');
    expect(answer).toMatchObject({
      kind: 'choice',
      choices: [{ request: { service: 'auth' } }, { request: { service: 'auth-internal' } }],
    });
  });
});

describe('what is not there is answered with what is', () => {
  it.each([
    [
      'why-stopped chekuot-svc prod',
      /no service or task family “chekuot-svc” in prod \(222222222222, us-east-1\)/,
    ],
    ['why-stopped api prod --cluster main', /Cluster main is not among those of prod.*: prod/],
    ['why-stopped api/v2 prod', /cannot be the name of an ECS service/],
    [
      'why-stopped arn:aws:ecs:us-east-1:999999999999:service/prod/api',
      /account 999999999999, which is none of/,
    ],
    [
      'why-stopped arn:aws:ecs:eu-west-1:333333333333:service/staging/x prod',
      /account 333333333333; prod is 222222222222/,
    ],
    [
      'why-stopped api prod --task arn:aws:ecs:eu-west-1:333333333333:task/staging/0123456789abcdef0123456789abcdef',
      /account 333333333333; prod is 222222222222/,
    ],
    ['why-stopped api prod --task nonsense', /no task: use the id of 32/],
    ['doctor moon', /no environment “moon”/],
  ])('%s', async (typed, message) => {
    expect((await refusal(typed)).message).toMatch(message);
  });
});

describe('an ARN, address or id stands for the service or task', () => {
  async function newestStop(): Promise<string> {
    return (await sandbox.report('why-stopped api prod')).details.stops?.[0]?.exampleTask ?? '';
  }

  it('a service ARN needs no environment', async () => {
    const report = await sandbox.report('why-stopped arn:aws:ecs:us-east-1:222222222222:service/prod/api');
    expect(report.target).toMatchObject({ environment: 'prod', cluster: 'prod', service: 'api' });
    expect(report.verdict.cause).toBe('memory-lowered');
  });

  it('a console address', async () => {
    const address =
      'https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/prod/services/api/health?region=us-east-1';
    expect((await sandbox.report(`why-stopped ${address}`)).verdict.cause).toBe('memory-lowered');
  });

  it('a task id, with the environment', async () => {
    const id = await newestStop();
    const report = await sandbox.report(`why-stopped ${id} prod`);
    expect(report.target.task).toBe(id);
    expect(report.verdict.cause).toBe('oom-container');
  });

  it('a task ARN', async () => {
    const id = await newestStop();
    const report = await sandbox.report(`why-stopped arn:aws:ecs:us-east-1:222222222222:task/prod/${id}`);
    expect(report.verdict.cause).toBe('oom-container');
  });
});

it('the log of a task that ECS has forgotten is read all the same, and it is said how it was found', async () => {
  const id = (await sandbox.report('why-stopped archive prod')).details.logs?.[0]?.task ?? '';
  const { verdict, details } = await sandbox.report(`logs archive prod --task ${id}`);
  expect(verdict.headline).toContain('log lines of app');
  expect(details.logs?.[0]?.lines.at(-1)?.message).toContain('com.example.archive');
  expect(details.notes?.join(' ')).toContain('ECS has forgotten the task');
});
