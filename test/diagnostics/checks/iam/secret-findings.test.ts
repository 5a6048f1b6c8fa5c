import { describe, expect, it } from 'vitest';
import { parameterFindings } from '#diagnostics/checks/iam/parameter-findings.ts';
import { secretFindings } from '#diagnostics/checks/iam/secret-findings.ts';
import type { KeyState, ParameterState, SecretState } from '#diagnostics/facts/access/needed-secrets.ts';
import type { SecretFact } from '#diagnostics/facts/access/secret.ts';
import { known, read, secretArn } from './known.ts';

const stored: NonNullable<SecretFact> = {
  ARN: secretArn,
  Name: 'prod/db',
  VersionIdsToStages: { v2: ['AWSCURRENT'], v1: ['AWSPREVIOUS'] },
  tags: {},
};

function ofSecret(valueFrom: string, state: SecretState, id = secretArn, runs: { minutes: number }[] = []) {
  const region = id.split(':')[3];
  return secretFindings(
    known({
      runs,
      definition: { containerDefinitions: [{ name: 'app', secrets: [{ name: 'DB', valueFrom }] }] },
      secrets: { secrets: { [`${id}@${region}`]: read(state) }, parameters: {} },
    }),
  ).map(({ cause, status, fix, summary }) => ({ cause, status, fix, summary }));
}

const key = (state: string | undefined, more: object = {}): KeyState => ({
  id: 'arn:aws:kms:us-east-1:222222222222:key/1',
  region: 'us-east-1',
  key: read(
    state === undefined
      ? undefined
      : { arn: 'arn:aws:kms:us-east-1:222222222222:key/1', state, manager: 'CUSTOMER', ...more },
  ),
  policy: read(''),
});

describe('a secret that is as it should be', () => {
  it.each([
    ['whole', secretArn, { secret: stored }],
    ['by its previous value', `${secretArn}::AWSPREVIOUS:`, { secret: stored }],
    ['by a version', `${secretArn}:::v1`, { secret: stored }],
    ['under an enabled key', secretArn, { secret: stored, key: key('Enabled') }],
    ['under a key whose state is new to everybody', secretArn, { secret: stored, key: key('Updating') }],
  ])('%s', (_, valueFrom, state) => {
    expect(ofSecret(valueFrom, state)).toEqual([]);
  });
});

describe('a secret that is not', () => {
  it.each([
    ['missing', secretArn, { secret: undefined }, 'secret-not-found', 'confirmed'],
    [
      'deleted',
      secretArn,
      { secret: { ...stored, DeletedDate: new Date('2026-01-01') } },
      'secret-not-found',
      'confirmed',
    ],
    [
      'without a value',
      secretArn,
      { secret: { ...stored, VersionIdsToStages: {} } },
      'secret-empty-value',
      'confirmed',
    ],
    ['without the label', `${secretArn}::AWSPENDING:`, { secret: stored }, 'secret-empty-value', 'confirmed'],
    [
      'without the version, as far as it is listed',
      `${secretArn}:::v0`,
      { secret: stored },
      'secret-empty-value',
      'likely',
    ],
    [
      'under a disabled key',
      secretArn,
      { secret: stored, key: key('Disabled') },
      'secret-kms-denied',
      'confirmed',
    ],
    [
      'under a key that is being deleted',
      secretArn,
      { secret: stored, key: key('PendingDeletion') },
      'secret-kms-denied',
      'confirmed',
    ],
    [
      'under a key that is gone',
      secretArn,
      { secret: stored, key: key(undefined) },
      'secret-kms-denied',
      'confirmed',
    ],
  ])('%s', (_, valueFrom, state, cause, status) => {
    expect(ofSecret(valueFrom, state)).toMatchObject([{ cause, status }]);
  });

  it('named with too few colons is a reference that ECS cannot read', () => {
    expect(ofSecret(`${secretArn}:password`, { secret: stored })).toMatchObject([
      { cause: 'secret-reference-invalid' },
    ]);
  });

  it('of another account under the key that AWS manages there can be decrypted by nobody here', () => {
    const foreign = secretArn.replace('222222222222', '333333333333');
    const found = { ...stored, ARN: foreign };
    expect(ofSecret(foreign, { secret: found }, foreign)).toMatchObject([
      { cause: 'secret-kms-denied', status: 'confirmed' },
    ]);
    const own = 'arn:aws:kms:us-east-1:333333333333:key/1';
    expect(ofSecret(foreign, { secret: { ...found, KmsKeyId: own } }, foreign)).toEqual([]);
  });

  it('of another account is hidden from here, perhaps, and not missing for certain', () => {
    const foreign = secretArn.replace('222222222222', '333333333333');
    expect(ofSecret(foreign, { secret: undefined }, foreign)).toMatchObject([
      { cause: 'secret-not-found', status: 'likely' },
    ]);
  });

  it('written where its ARN should stand is not shown', () => {
    const valueFrom = 'postgres://app:hunter2@db/orders';
    const definition = { containerDefinitions: [{ name: 'app', secrets: [{ name: 'DB', valueFrom }] }] };
    const [found] = secretFindings(known({ definition }));
    expect(found).toMatchObject({ cause: 'secret-reference-invalid' });
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it('made anew is named by the ARN that it has now, with the key that was asked for', () => {
    const namesake = secretArn.replace('q8Zt3K', 'Zz99Yy');
    const [found] = ofSecret(`${secretArn}:url::`, { secret: undefined, namesake });
    expect(found?.fix?.terraform).toBe(`valueFrom = "${namesake}:url::"`);
    expect(found?.fix?.cli).toContain('.secrets[0].valueFrom');
  });

  it('breaks only the next task where others run', () => {
    const [found] = ofSecret(secretArn, { secret: undefined }, secretArn, [{ minutes: 90 }]);
    expect(found?.summary).toContain('Tasks that run have read it already');
  });
});

describe('a parameter', () => {
  const ofParameter = (valueFrom: string, arn: string, state: ParameterState) =>
    parameterFindings(
      known({
        definition: { containerDefinitions: [{ name: 'app', secrets: [{ name: 'A', valueFrom }] }] },
        secrets: { secrets: {}, parameters: { [arn]: read(state) } },
      }),
    ).map(({ cause, status }) => [cause, status]);
  const own = 'arn:aws:ssm:us-east-1:222222222222:parameter';

  it.each([
    ['that is there', '/a', `${own}/a`, { parameter: { Name: '/a' } }, []],
    ['that is not listed', '/a', `${own}/a`, { parameter: undefined }, [['parameter-not-found', 'likely']]],
    [
      'whose name is that of a secret',
      'prod/db',
      `${own}/prod/db`,
      { parameter: undefined, namesake: secretArn },
      [['parameter-not-found', 'confirmed']],
    ],
    [
      "of AWS's own, which nobody lists",
      '/aws/service/x',
      `${own}/aws/service/x`,
      { parameter: undefined },
      [],
    ],
    [
      'that another account shares',
      'arn:aws:ssm:us-east-1:333333333333:parameter/a',
      'arn:aws:ssm:us-east-1:333333333333:parameter/a',
      { parameter: undefined },
      [],
    ],
    [
      'under a disabled key',
      '/a',
      `${own}/a`,
      { parameter: { Name: '/a' }, key: key('Disabled') },
      [['secret-kms-denied', 'confirmed']],
    ],
  ])('%s', (_, valueFrom, arn, state, expected) => {
    expect(ofParameter(valueFrom, arn, state)).toEqual(expected);
  });
});
