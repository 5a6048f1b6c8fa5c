import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CannotLook, type RequestOptions, UsageError } from '#commands/command.ts';
import type { Environment } from '#src/config.ts';
import { createDiagnosis } from '#src/diagnosis/diagnosis.ts';
import { startDiagnosisThread } from '#src/diagnosis/thread.ts';

const environment = (name: string, account: string, region: string): Environment => ({
  name,
  account,
  region,
  partition: 'aws',
  role: `arn:aws:iam::${account}:role/ecs-sleuth`,
  clusters: [name],
  allow: 'everyone',
});
const environments = [
  environment('prod', '222222222222', 'us-east-1'),
  environment('prod-eu', '222222222222', 'eu-west-1'),
  environment('batch', '222222222222', 'us-east-1'),
  environment('dev', '333333333333', 'eu-central-1'),
];
const log = pino({ level: 'silent' });
const diagnosis = createDiagnosis(environments, log);
const thread = startDiagnosisThread(environments, log);

// Nothing listens there: what matters here is decided before AWS answers.
const before = { ...process.env };
beforeAll(() => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
afterAll(() => {
  process.env = before;
});

function question(name: string, options: RequestOptions = {}, allowed = environments) {
  return {
    request: { command: 'why-stopped', service: 'api', environment: name, options },
    identity: 'ada@U0ADA',
    environments: allowed,
    now: new Date(),
    deadline: 2_000,
  };
}

async function regionOf(name: string, region?: string): Promise<string> {
  const answer = await diagnosis.ask(question(name, region === undefined ? {} : { region }));
  return answer.kind === 'report' ? answer.report.target.region : answer.kind;
}

describe('the region that a question names', () => {
  it.each([
    ['none', 'prod', undefined, 'us-east-1'],
    ["the environment's own", 'prod', 'us-east-1', 'us-east-1'],
    ['its own, where another environment of the account lies too', 'batch', 'us-east-1', 'us-east-1'],
    ['one in which the account has no environment', 'prod', 'us-west-2', 'us-west-2'],
    ["one in which another account's environment lies", 'prod', 'eu-central-1', 'eu-central-1'],
  ])('may be %s', async (_what, name, region, expected) => {
    expect(await regionOf(name, region)).toBe(expected);
  });

  it('does not lead into another environment of the account, whoever may look there', async () => {
    await expect(regionOf('prod', 'eu-west-1')).rejects.toThrow(UsageError);
    await expect(regionOf('prod', 'eu-west-1')).rejects.toThrow(
      /eu-west-1 of account 222222222222 belongs to another/,
    );
  });

  it('does not lead out of the partition', async () => {
    await expect(regionOf('prod', 'cn-north-1')).rejects.toThrow(/in another partition of AWS than prod/);
  });
});

describe('a thread of its own', () => {
  it('answers as the diagnosis beside it does', async () => {
    const request = {
      command: 'explain',
      text: 'OutOfMemoryError: Container killed due to memory usage',
      options: {},
    };
    const asked = { ...question('prod'), request };
    expect(await thread.ask(asked)).toEqual(await diagnosis.ask(asked));
  });

  it('answers many at once, each its own', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `Text ${index} that nobody knows`);
    const answers = await Promise.all(
      texts.map((text) =>
        thread.ask({ ...question('prod'), request: { command: 'explain', text, options: {} } }),
      ),
    );
    expect(answers.map((answer) => JSON.stringify(answer))).toEqual(
      texts.map((text) => expect.stringContaining(text)),
    );
  });

  it('keeps what an error is and what it suggests', async () => {
    const typed = question('prod', { cluster: 'main' });
    await expect(thread.ask(typed)).rejects.toThrow(UsageError);
    await expect(thread.ask(typed)).rejects.toThrow('Cluster main is not among those of prod');
    const [, ...others] = environments;
    await expect(thread.ask({ ...typed, environments: others })).rejects.toMatchObject({
      name: 'UsageError',
      suggestions: expect.arrayContaining(['why-stopped api prod-eu']),
    });
  });

  it('opens nothing that the asker may not look at, whatever the request says', async () => {
    const forged = {
      ...question('prod'),
      environments: [{ name: 'ghost', account: '1', region: 'us-east-1' }],
    };
    forged.request.environment = 'ghost';
    await expect(diagnosis.ask(forged)).rejects.toThrow(CannotLook);
  });

  it('that dies fails what it had in work with a sentence, and the next question starts another', async () => {
    const dying = `data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1));`;
    const mortal = startDiagnosisThread(environments, log, new URL(dying));
    await expect(mortal.ask(question('prod'))).rejects.toThrow('The diagnosis was interrupted. Ask again.');
    await expect(mortal.ask(question('prod'))).rejects.toThrow('The diagnosis was interrupted. Ask again.');
  });
});
