import { describe, expect, it, vi } from 'vitest';
import { failureOf } from '#src/aws/failure.ts';
import { ask, open, useStandingClock } from './asking.ts';
import { assumed, bot, ecs, environment, identity, refused, role, sts } from './sts.ts';

useStandingClock();

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
