import type { GrantListEntry } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { readGrants } from '#diagnostics/access/grants.ts';

const account = '222222222222';
const roleArn = `arn:aws:iam::${account}:role/ecs/api-execution`;
const secretArn = `arn:aws:secretsmanager:us-east-1:${account}:secret:prod/db-q8Zt3K`;
const ofSecret = {
  'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com',
  'kms:EncryptionContext:SecretARN': secretArn,
};
const ofParameter = {
  'kms:ViaService': 'ssm.us-east-1.amazonaws.com',
  'kms:EncryptionContext:PARAMETER_ARN': `arn:aws:ssm:us-east-1:${account}:parameter/a`,
};

const grant = (more: Partial<GrantListEntry> = {}): GrantListEntry => ({
  GrantId: 'g1',
  GranteePrincipal: roleArn,
  Operations: ['Decrypt', 'DescribeKey'],
  ...more,
});

function answerOf(
  grants: GrantListEntry[],
  context: Record<string, string> = ofSecret,
  isWhole = true,
): string {
  const question = { roleArn, roleId: 'AROA1', action: 'kms:Decrypt', context };
  return readGrants(grants, question, { isWhole }).answer;
}

describe('a grant on a key', () => {
  it.each<[string, Partial<GrantListEntry>, string]>([
    ['to the role', {}, 'allowed'],
    ['to the role by its id', { GranteePrincipal: 'AROA1' }, 'allowed'],
    ['for other operations', { Operations: ['Encrypt', 'GenerateDataKey'] }, 'none'],
    [
      'to a role of the same name under another path',
      { GranteePrincipal: `arn:aws:iam::${account}:role/api-execution` },
      'none',
    ],
    ['to an earlier role of the same ARN', { GranteePrincipal: 'AROA2' }, 'none'],
    [
      'to a session of the role',
      { GranteePrincipal: `arn:aws:sts::${account}:assumed-role/api-execution/abc` },
      'open',
    ],
    [
      'to a session of another role',
      { GranteePrincipal: `arn:aws:sts::${account}:assumed-role/web/abc` },
      'none',
    ],
    ['to the account', { GranteePrincipal: `arn:aws:iam::${account}:root` }, 'open'],
    ['to another account', { GranteePrincipal: 'arn:aws:iam::333333333333:root' }, 'none'],
    ['to the service that asks', { GranteePrincipal: 'secretsmanager.us-east-1.amazonaws.com' }, 'open'],
    ['to another service', { GranteePrincipal: 'rds.us-east-1.amazonaws.com' }, 'none'],
    ['that nobody is named in', { GranteePrincipal: undefined }, 'none'],
    [
      'bound to this secret',
      { Constraints: { EncryptionContextSubset: { SecretARN: secretArn } } },
      'allowed',
    ],
    [
      'bound to this secret, its key in another case',
      { Constraints: { EncryptionContextSubset: { secretarn: secretArn } } },
      'allowed',
    ],
    [
      'equal to a whole context, its keys in another case',
      { Constraints: { EncryptionContextEquals: { SECRETARN: secretArn, secretVersionID: 'v1' } } },
      'open',
    ],
    ['bound to another', { Constraints: { EncryptionContextSubset: { SecretARN: 'arn:x' } } }, 'none'],
    [
      'bound to a key that no secret has',
      { Constraints: { EncryptionContextSubset: { tenant: 'a' } } },
      'none',
    ],
    [
      'bound to a version',
      { Constraints: { EncryptionContextSubset: { SecretARN: secretArn, SecretVersionId: 'v1' } } },
      'open',
    ],
    [
      'equal to a part of the context alone',
      { Constraints: { EncryptionContextEquals: { SecretARN: secretArn } } },
      'none',
    ],
    [
      'equal to a whole context',
      { Constraints: { EncryptionContextEquals: { SecretARN: secretArn, SecretVersionId: 'v1' } } },
      'open',
    ],
    [
      'bound to what it is used for',
      { Constraints: { SourceArn: 'arn:aws:ecs:us-east-1:222222222222:cluster/prod' } },
      'open',
    ],
  ])('%s', (_, more, expected) => {
    expect(answerOf([grant(more)])).toBe(expected);
  });

  it('of a parameter is bound by its one key', () => {
    const equal = (value: string) => [
      grant({ Constraints: { EncryptionContextEquals: { PARAMETER_ARN: value } } }),
    ];
    expect(answerOf(equal(ofParameter['kms:EncryptionContext:PARAMETER_ARN']), ofParameter)).toBe('allowed');
    expect(answerOf(equal('arn:x'), ofParameter)).toBe('none');
  });

  it('one that allows is enough, and without one the list has to be whole', () => {
    const foreign = grant({ GranteePrincipal: `arn:aws:iam::${account}:root` });
    expect(answerOf([foreign, grant()])).toBe('allowed');
    expect(answerOf([])).toBe('none');
    expect(answerOf([grant({ Operations: ['Encrypt'] })], ofSecret, false)).toBe('open');
    expect(answerOf([grant()], ofSecret, false)).toBe('allowed');
  });
});
