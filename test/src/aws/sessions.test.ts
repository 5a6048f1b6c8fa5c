import nock from 'nock';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallObserver } from '#src/aws/aws.ts';
import { failureOf } from '#src/aws/failure.ts';
import { createSessions } from '#src/aws/sessions.ts';
import type { Environment } from '#src/config.ts';
import { assumed, bot, ecs, environment, identity, refused, role, silent, sts } from './sts.ts';

const observer: CallObserver = { started: () => () => undefined };

beforeAll(() => {
  if (!nock.isActive()) nock.activate();
});
afterAll(() => nock.restore());
beforeEach(() => {
  nock.disableNetConnect();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIABASE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  // The SDK waits a random part of a second before a retry.
  vi.spyOn(Math, 'random').mockReturnValue(0.01);
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00Z') });
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

let asked = 0;
/** Asks ECS for something that no cache holds. */
function ask(sessions: ReturnType<typeof createSessions>, person = 'U1', name = 'prod', region?: string) {
  asked += 1;
  return sessions
    .open(name, person, region)
    .connect(observer)
    .ecs.listTasks({ cluster: `c${asked}` });
}

function open(...environments: Environment[]) {
  return createSessions({
    environments: environments.length > 0 ? environments : [environment()],
    log: silent,
  });
}

describe('a role', () => {
  it('is assumed by name of the person, with the external id, and signs the calls', async () => {
    const { parameters } = sts([[200, assumed()]]);
    const { keys } = ecs([[200, { taskArns: ['a'] }]]);
    expect(await ask(open(environment({ externalId: 'e-1' })), 'ann@U1')).toMatchObject({ taskArns: ['a'] });
    expect(parameters).toMatchObject([
      {
        Action: 'AssumeRole',
        RoleArn: role,
        RoleSessionName: 'ann@U1',
        SourceIdentity: 'ann@U1',
        ExternalId: 'e-1',
      },
    ]);
    expect(keys).toEqual(['ASIA1']);
  });

  it('is assumed once for all who ask at once in the name of one person', async () => {
    const { parameters } = sts([[200, assumed()]]);
    ecs([
      [200, {}],
      [200, {}],
      [200, {}],
    ]);
    const sessions = open();
    await Promise.all([ask(sessions), ask(sessions), ask(sessions)]);
    expect(parameters).toHaveLength(1);
  });

  it('is assumed anew for another person and another environment', async () => {
    const { parameters } = sts([
      [200, assumed({ key: 'ASIA1' })],
      [200, assumed({ key: 'ASIA2' })],
      [200, assumed({ key: 'ASIA3' })],
    ]);
    const { keys } = ecs([
      [200, {}],
      [200, {}],
      [200, {}],
    ]);
    const sessions = open(environment(), environment({ name: 'dev' }));
    await ask(sessions, 'U1');
    await ask(sessions, 'U2');
    await ask(sessions, 'U1', 'dev');
    expect(parameters.map(({ SourceIdentity }) => SourceIdentity)).toEqual(['U1', 'U2', 'U1']);
    expect(keys).toEqual(['ASIA1', 'ASIA2', 'ASIA3']);
  });

  it('is kept until five minutes before its session ends, and then renewed', async () => {
    sts([
      [200, () => assumed({ key: 'ASIA1' })],
      [200, () => assumed({ key: 'ASIA2' })],
    ]);
    const { keys } = ecs([
      [200, {}],
      [200, {}],
      [200, {}],
    ]);
    const sessions = open();
    await ask(sessions);
    vi.setSystemTime(new Date('2026-01-01T00:55:00Z'));
    await ask(sessions);
    vi.setSystemTime(new Date('2026-01-01T00:55:01Z'));
    await ask(sessions);
    expect(keys).toEqual(['ASIA1', 'ASIA1', 'ASIA2']);
  });

  it('serves on while STS is out of reach and the session still lives, and the log says so', async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line) => lines.push(line) });
    sts([[200, () => assumed()]]);
    nock('https://sts.us-east-1.amazonaws.com')
      .persist()
      .post('/')
      .replyWithError(Object.assign(new Error('down'), { code: 'ENOTFOUND' }));
    const { keys } = ecs([
      [200, {}],
      [200, {}],
    ]);
    const sessions = createSessions({ environments: [environment()], log });
    await ask(sessions);
    vi.setSystemTime(new Date('2026-01-01T00:57:00Z'));
    await ask(sessions);
    expect(keys).toEqual(['ASIA1', 'ASIA1']);
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ environment: 'prod', reason: 'Unreachable' });
  });

  it('that STS refuses to renew is not served on', async () => {
    sts([
      [200, () => assumed()],
      [
        403,
        refused(
          'AccessDenied',
          `User: ${bot} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
        ),
      ],
    ]);
    ecs([[200, {}]]);
    const sessions = open();
    await ask(sessions);
    vi.setSystemTime(new Date('2026-01-01T00:57:00Z'));
    await expect(ask(sessions)).rejects.toMatchObject({ name: 'AssumeRoleDenied' });
  });

  it('is assumed anew after AWS has refused its session', async () => {
    sts([
      [200, () => assumed({ key: 'ASIA1' })],
      [200, () => assumed({ key: 'ASIA2' })],
    ]);
    const { keys } = ecs([
      [
        400,
        { __type: 'ExpiredTokenException', message: 'The security token included in the request is expired' },
      ],
      [200, {}],
    ]);
    const sessions = open();
    const failure = await ask(sessions).catch((error: unknown) => failureOf(error));
    expect(failure).toMatchObject({ reason: 'Credentials', name: 'ExpiredTokenException' });
    await ask(sessions);
    expect(keys).toEqual(['ASIA1', 'ASIA2']);
  });

  it('is assumed at the endpoint of the environment, and used in the region that is asked for', async () => {
    const china = 'arn:aws-cn:iam::222222222222:role/ecs-sleuth';
    const arn = 'arn:aws-cn:sts::222222222222:assumed-role/ecs-sleuth/U1';
    sts([[200, assumed({ arn })]], 'sts.cn-north-1.amazonaws.com.cn');
    const { keys } = ecs([[200, {}]], 'ecs.cn-northwest-1.amazonaws.com.cn');
    const sessions = open(environment({ region: 'cn-north-1', partition: 'aws-cn', role: china }));
    await ask(sessions, 'U1', 'prod', 'cn-northwest-1');
    expect(keys).toEqual(['ASIA1']);
  });
});

describe('a role that cannot be assumed', () => {
  it('says which role, why, and the trust statement to add, and nothing falls back to other credentials', async () => {
    sts([
      [
        403,
        refused(
          'AccessDenied',
          `User: ${bot} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
        ),
      ],
    ]);
    const { keys } = ecs([[200, {}]]);
    const failure = await ask(open(environment({ externalId: 's3cret' }))).catch((error: unknown) =>
      failureOf(error),
    );
    expect(failure).toMatchObject({
      reason: 'Credentials',
      action: 'sts:AssumeRole',
      name: 'AssumeRoleDenied',
    });
    const { message, fix } = failure as { message: string; fix: string };
    expect(message).toContain(
      `${role} could not be assumed for environment prod: STS refused sts:AssumeRole`,
    );
    expect(message).toContain('another external id');
    expect(fix).toContain('"Principal":{"AWS":"arn:aws:iam::111111111111:role/bot"}');
    expect(fix).toContain('"Action":["sts:AssumeRole","sts:SetSourceIdentity"]');
    expect(fix).toContain('sts:ExternalId');
    expect(`${message}${fix}`).not.toContain('s3cret');
    expect(keys).toEqual([]);
  });

  it('for the source identity says exactly that, and is not tried without it', async () => {
    const { parameters } = sts([
      [
        403,
        refused(
          'AccessDenied',
          `User: ${bot} is not authorized to perform: sts:SetSourceIdentity on resource: ${role}`,
        ),
      ],
      [200, assumed()],
    ]);
    const failure = await ask(open()).catch((error: unknown) => failureOf(error));
    expect(failure).toMatchObject({ reason: 'Credentials', action: 'sts:SetSourceIdentity' });
    expect((failure as Error).message).toContain(
      'STS refused sts:SetSourceIdentity, by which CloudTrail learns who asked',
    );
    expect(parameters).toHaveLength(1);
  });

  it('since the session is of another account is not used', async () => {
    sts([[200, assumed({ arn: 'arn:aws:sts::999999999999:assumed-role/ecs-sleuth/U1' })]]);
    const { keys } = ecs([[200, {}]]);
    await expect(ask(open())).rejects.toMatchObject({
      name: 'WrongAccount',
      message: `The session of ${role} belongs to account 999999999999, but environment prod is account 222222222222`,
    });
    expect(keys).toEqual([]);
  });

  it('since the own credentials are expired says that they are the ones', async () => {
    sts([[403, refused('ExpiredToken', 'The security token included in the request is expired')]]);
    const failure = await ask(open()).catch((error: unknown) => failureOf(error));
    expect(failure).toMatchObject({
      reason: 'Credentials',
      name: 'ExpiredToken',
      fix: expect.stringContaining('valid AWS credentials'),
    });
    expect((failure as Error).message).toContain('own credentials of ecs-sleuth');
  });

  it('is tried again by the next question, since a failure is not remembered', async () => {
    sts([
      [403, refused('AccessDenied', 'no')],
      [200, assumed()],
    ]);
    ecs([[200, {}]]);
    const sessions = open();
    await expect(ask(sessions)).rejects.toMatchObject({ name: 'AssumeRoleDenied' });
    await expect(ask(sessions)).resolves.toBeDefined();
  });

  it('is tried again at once when STS only throttles', async () => {
    const { parameters } = sts([
      [400, refused('Throttling', 'Rate exceeded')],
      [200, assumed()],
    ]);
    ecs([[200, {}]]);
    await ask(open());
    expect(parameters).toHaveLength(2);
  });
});

describe('the own credentials', () => {
  const own = () => {
    const { role: _role, ...rest } = environment();
    return rest;
  };

  it('are looked at again when they were renewed, since they may be of another account by then', async () => {
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', '2026-01-01T01:00:00Z');
    const { parameters } = sts([
      [200, identity('arn:aws:sts::222222222222:assumed-role/bot/i-0a1b')],
      [200, identity('arn:aws:sts::333333333333:assumed-role/bot/i-0a1b')],
    ]);
    const { keys } = ecs([
      [200, { taskArns: [] }],
      [200, { taskArns: [] }],
    ]);
    const sessions = open(environment({ role: undefined }));
    await ask(sessions);
    await ask(sessions);
    vi.setSystemTime(new Date('2026-01-01T01:00:01Z'));
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAOTHER');
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', '2026-01-01T02:00:00Z');
    const failure = await ask(sessions).catch((error: unknown) => error);
    expect((failure as Error).message).toContain('333333333333');
    expect(parameters).toHaveLength(2);
    expect(keys).toEqual(['AKIABASE', 'AKIABASE']);
  });

  it('are verified once, and serve everybody', async () => {
    const { parameters } = sts([[200, identity('arn:aws:iam::222222222222:user/bot')]]);
    const { keys } = ecs([
      [200, {}],
      [200, {}],
    ]);
    const sessions = open(own());
    await ask(sessions, 'U1');
    await ask(sessions, 'U2');
    expect(parameters.map(({ Action }) => Action)).toEqual(['GetCallerIdentity']);
    expect(keys).toEqual(['AKIABASE', 'AKIABASE']);
  });

  it('of another account are not used', async () => {
    sts([[200, identity('arn:aws:iam::999999999999:user/bot')]]);
    const { keys } = ecs([[200, {}]]);
    const failure = await ask(open(own())).catch((error: unknown) => failureOf(error));
    expect(failure).toMatchObject({
      name: 'WrongAccount',
      fix: expect.stringContaining('a role in account 222222222222'),
    });
    expect(keys).toEqual([]);
  });
});

describe('a call', () => {
  it('that is throttled is made again, and told of once', async () => {
    sts([[200, assumed()]]);
    const { keys } = ecs([
      [400, { __type: 'ThrottlingException', message: 'Rate exceeded' }],
      [200, { taskArns: [] }],
    ]);
    const started = vi.fn(() => () => undefined);
    await open().open('prod', 'U1').connect({ started }).ecs.listTasks({ cluster: 'throttled' });
    expect(keys).toHaveLength(2);
    expect(started).toHaveBeenCalledTimes(1);
  });

  it('that stays throttled is made three times and then told as throttled', async () => {
    sts([[200, assumed()]]);
    const throttled: [number, object] = [400, { __type: 'ThrottlingException', message: 'Rate exceeded' }];
    const { keys } = ecs([throttled, throttled, throttled, throttled]);
    const failure = await ask(open()).catch((error: unknown) => failureOf(error));
    expect(failure).toMatchObject({
      reason: 'Throttled',
      message: 'ecs:ListTasks was throttled by AWS: Rate exceeded',
    });
    expect(keys).toHaveLength(3);
  });

  it('that hangs ends with the time of the question', async () => {
    sts([[200, assumed()]]);
    const { promise: arrived, resolve } = Promise.withResolvers<void>();
    nock('https://ecs.us-east-1.amazonaws.com')
      .post('/')
      .reply(200, () => {
        resolve();
        return new Promise(() => undefined);
      });
    const leaving = new AbortController();
    const failure = open()
      .open('prod', 'U1')
      .connect({ ...observer, signal: leaving.signal })
      .ecs.listTasks({ cluster: 'hanging' })
      .catch((error: unknown) => failureOf(error));
    await arrived;
    leaving.abort();
    expect(await failure).toMatchObject({ reason: 'Timeout', name: 'TimeoutError' });
  });

  it('that AWS refuses tells the action', async () => {
    sts([[200, assumed()]]);
    ecs([
      [
        400,
        {
          __type: 'AccessDeniedException',
          message: `User: ${bot} is not authorized to perform: ecs:ListTasks on resource: *`,
        },
      ],
    ]);
    const failure = await ask(open()).catch((error: unknown) => failureOf(error));
    expect(failure).toMatchObject({ reason: 'AccessDenied', action: 'ecs:ListTasks' });
  });

  it('that is answered by something else says so', async () => {
    sts([[200, assumed()]]);
    nock('https://ecs.us-east-1.amazonaws.com').persist().post('/').reply(200, '<html>portal</html>');
    const failure = await ask(open()).catch((error: unknown) => failureOf(error));
    expect(failure).toMatchObject({
      reason: 'Failed',
      message: 'ecs:ListTasks was answered with something that cannot be read (HTTP 200)',
    });
  });

  it('tells how far the clocks are apart', async () => {
    sts([[200, assumed()]]);
    nock('https://ecs.us-east-1.amazonaws.com')
      .post('/')
      .reply(200, {}, { date: 'Thu, 01 Jan 2026 00:01:00 GMT' });
    const session = open().open('prod', 'U1');
    expect(session.clockSkew?.()).toBeUndefined();
    await session.connect(observer).ecs.listTasks({ cluster: 'clock' });
    expect(session.clockSkew?.()).toBe(60_500);
  });
});

describe('what cannot be opened', () => {
  it.each([
    ['an unknown environment', 'none', undefined, 'There is no environment none in the accounts file.'],
    [
      'a region of another partition',
      'prod',
      'cn-north-1',
      'cn-north-1 is not a region of partition aws, in which environment prod lies.',
    ],
    [
      'what is no region',
      'prod',
      'evil.example.com/#',
      'evil.example.com/# is not a region of partition aws, in which environment prod lies.',
    ],
  ])('%s is told in a sentence', (_what, name, region, message) => {
    expect(() => open().open(name, 'U1', region)).toThrow(message);
  });
});
