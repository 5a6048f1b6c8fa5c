import { describe, expect, it } from 'vitest';
import { readRegistryLogin, readValueFrom } from '#diagnostics/secret-references/value-from.ts';

const home = { partition: 'aws', region: 'us-east-1', account: '222222222222' };
const secret = 'arn:aws:secretsmanager:us-east-1:222222222222:secret:prod/db-q8Zt3K';
const parameter = 'arn:aws:ssm:us-east-1:222222222222:parameter';

describe('valueFrom that names a secret', () => {
  it.each([
    ['whole', secret, { id: secret, name: 'prod/db', suffix: 'whole' }],
    ['with a key', `${secret}:password::`, { id: secret, jsonKey: 'password' }],
    ['with a stage', `${secret}::AWSPREVIOUS:`, { id: secret, versionStage: 'AWSPREVIOUS' }],
    ['with a version', `${secret}:::9d4cb84b`, { id: secret, versionId: '9d4cb84b' }],
    ['with all three', `${secret}:k:s:v`, { jsonKey: 'k', versionStage: 's', versionId: 'v' }],
    ['with three empty parts', `${secret}:::`, { id: secret, suffix: 'whole' }],
    ['without its suffix', secret.slice(0, -7), { name: 'prod/db', suffix: 'partial' }],
    [
      'of another region and account',
      'arn:aws:secretsmanager:eu-west-1:333333333333:secret:a-Ab12Cd',
      { region: 'eu-west-1', account: '333333333333' },
    ],
    [
      'in China',
      'arn:aws-cn:secretsmanager:cn-north-1:222222222222:secret:a-Ab12Cd',
      { region: 'cn-north-1' },
    ],
    [
      'in GovCloud',
      'arn:aws-us-gov:secretsmanager:us-gov-west-1:222222222222:secret:a-Ab12Cd:k::',
      { jsonKey: 'k' },
    ],
    [
      'whose name looks like a suffix',
      'arn:aws:secretsmanager:us-east-1:222222222222:secret:api-config',
      { suffix: 'whole', name: 'api' },
    ],
    [
      'whose name has dots and signs',
      'arn:aws:secretsmanager:us-east-1:222222222222:secret:a/b_c+d=e.f@g!h-Ab12Cd',
      { name: 'a/b_c+d=e.f@g!h' },
    ],
  ])('%s', (_, text, expected) => {
    expect(readValueFrom(text, home)).toMatchObject({ kind: 'secret', ...expected });
  });

  it('gives no part that is empty', () => {
    expect(readValueFrom(`${secret}:k::`, home)).not.toHaveProperty('versionStage');
  });
});

describe('valueFrom that names a parameter', () => {
  it.each([
    ['a name', 'db-password', { names: ['db-password'], arn: `${parameter}/db-password`, bare: true }],
    ['a path', '/prod/db', { names: ['/prod/db'], arn: `${parameter}/prod/db`, bare: true }],
    ['an ARN of one level', `${parameter}/token`, { names: ['token', '/token'], bare: false }],
    ['an ARN of a path', `${parameter}/prod/db`, { names: ['/prod/db'], arn: `${parameter}/prod/db` }],
    ['a version', '/prod/db:7', { names: ['/prod/db'], arn: `${parameter}/prod/db` }],
    ['an ARN with a label', `${parameter}/prod/db:blue`, { arn: `${parameter}/prod/db` }],
    ['another region, by its ARN', 'arn:aws:ssm:eu-west-1:222222222222:parameter/a', { region: 'eu-west-1' }],
    ['a secret, through Parameter Store', '/aws/reference/secretsmanager/prod/db', { secretName: 'prod/db' }],
  ])('by %s', (_, text, expected) => {
    expect(readValueFrom(text, home)).toMatchObject({ kind: 'parameter', ...expected });
  });

  it('takes the name of a secret without its ARN for a parameter, as ECS does', () => {
    expect(readValueFrom('prod/db', home)).toMatchObject({ kind: 'parameter', names: ['prod/db'] });
  });
});

describe('valueFrom that ECS cannot read', () => {
  it.each([
    ['', 'is empty'],
    ['   ', 'is empty'],
    [`${secret}:password`, 'has 1 of the three parts'],
    [`${secret}:password:`, 'has 2 of the three parts'],
    [`${secret}:a:b:c:d`, 'has 4 of the three parts'],
    ['arn:aws:secretsmanager:us-east-1:222222222222:secret', 'without the name of a secret'],
    ['arn:aws:secretsmanager:us-east-1::secret:a', 'lacks its partition, region or account'],
    ['arn:aws:ssm:us-east-1:222222222222:document/a', 'without parameter/NAME'],
    ['arn:aws:s3:us-east-1:222222222222:bucket', 'an ARN of s3'],
    ['{SECRET_ARN}', 'neither an ARN nor the name of a parameter'],
  ])('“%s” %s', (text, why) => {
    const read = readValueFrom(text, home);
    expect(read.kind).toBe('invalid');
    expect(read).toHaveProperty('why', expect.stringContaining(why));
  });
});

describe('the login to a registry', () => {
  it('by name is a secret, not a parameter', () => {
    expect(readRegistryLogin('dockerhub', home)).toMatchObject({
      kind: 'secret',
      id: 'dockerhub',
      arn: 'arn:aws:secretsmanager:us-east-1:222222222222:secret:dockerhub',
      suffix: 'name',
    });
  });

  it('by ARN is read as any other', () => {
    expect(readRegistryLogin(secret, home)).toMatchObject({ kind: 'secret', id: secret });
  });
});
