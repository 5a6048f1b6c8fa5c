import nock from 'nock';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { failureOf } from '#src/aws/failure.ts';
import { createSessions } from '#src/aws/sessions.ts';
import { ask, observer, open, useStandingClock } from './asking.ts';
import { assumed, bot, ecs, environment, refused, role, sts } from './sts.ts';

useStandingClock();

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
