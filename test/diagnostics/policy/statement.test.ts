import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { allow } from '#diagnostics/causes/fixes.ts';
import { hclOf, quoted } from '#diagnostics/policy/role-statement.ts';
import {
  keyPolicyStatement,
  missingStatements,
  repositoryPolicyStatement,
  roleConsole,
} from '#diagnostics/policy/statement.ts';

const roleArn = 'arn:aws:iam::111111111111:role/team/app-execution';
const secret = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:db-AbCdEf';

describe('the statement that a role lacks', () => {
  const wanted = {
    actions: ['kms:Decrypt'],
    resource: secret,
    condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
  };
  const fix = missingStatements(roleArn, [wanted]);

  it('is exactly what was asked for', () => {
    expect(JSON.parse(fix.policy ?? '')).toEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: secret,
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
    });
  });

  it('is given to the role by its name, in a policy that replaces no other', () => {
    const nameIn = ({ cli = '' }: typeof fix) => /--policy-name (\S+)/.exec(cli)?.[1];
    expect(fix.cli).toMatch(/--role-name app-execution --policy-name ecs-kms-[0-9a-f]{6} /);
    expect(fix.terraform).toMatch(
      /^resource "aws_iam_role_policy" "ecs_kms_[0-9a-f]{6}" \{\n {2}role = "app-execution"/,
    );
    const other = missingStatements(roleArn, [{ ...wanted, resource: `${secret}2` }]);
    expect(nameIn(other)).not.toBe(nameIn(fix));
    expect(nameIn(missingStatements(roleArn, [wanted]))).toBe(nameIn(fix));
    expect(fix.terraform).toContain('"kms:ViaService" = "secretsmanager.us-east-1.amazonaws.com"');
    expect(fix.console).toBe('https://console.aws.amazon.com/iam/home#/roles/details/app-execution');
  });

  it('lists resources that the same actions are needed on', () => {
    const { policy = '' } = missingStatements(roleArn, [
      { actions: ['a:b'], resource: [secret, `${secret}2`] },
    ]);
    expect(JSON.parse(policy).Resource).toEqual([secret, `${secret}2`]);
  });

  it('reaches the shell as it is, whatever an object is called', () => {
    const name = `arn:aws:s3:::b/it's $(x) \`y\``;
    const { cli = '', policy = '' } = missingStatements(roleArn, [
      { actions: ['s3:GetObject'], resource: name },
    ]);
    const argument = cli.slice(cli.indexOf("'"));
    const document = JSON.parse(execFileSync('sh', ['-c', `printf %s ${argument}`], { encoding: 'utf8' }));
    expect(document.Statement).toEqual([JSON.parse(policy)]);
  });
});

describe('the page of a role', () => {
  it.each([
    ['arn:aws:iam::111111111111:role/app', 'https://console.aws.amazon.com/iam/home#/roles/details/app'],
    ['arn:aws-cn:iam::111111111111:role/app', 'https://console.amazonaws.cn/iam/home#/roles/details/app'],
    [
      'arn:aws-us-gov:iam::111111111111:role/a/b/app',
      'https://console.amazonaws-us-gov.com/iam/home#/roles/details/app',
    ],
    ['arn:aws-iso:iam::111111111111:role/app', undefined],
    ['app', undefined],
  ])('of %s', (arn, address) => {
    expect(roleConsole(arn)).toBe(address);
  });
});

describe('the statement that a resource lacks', () => {
  const keyArn = 'arn:aws:kms:eu-west-1:111111111111:key/1111aaaa';
  const repositoryArn = 'arn:aws:ecr:eu-west-1:222222222222:repository/shop/api';

  it('is added to a key policy, which is read first', () => {
    const fix = keyPolicyStatement({ keyArn, principalArn: roleArn, actions: ['kms:Decrypt'] });
    expect(JSON.parse(fix.policy ?? '')).toMatchObject({ Principal: { AWS: roleArn }, Resource: '*' });
    expect(fix.cli?.indexOf('get-key-policy')).toBeLessThan(fix.cli?.indexOf('put-key-policy') ?? -1);
    expect(fix.console).toContain('#/kms/keys/1111aaaa');
  });

  it.each([
    [true, 'get-repository-policy'],
    [false, 'set-repository-policy --registry-id 222222222222 --repository-name shop/api --region eu-west-1'],
  ])('is added to a repository that has a policy: %s', (hasPolicy, begins) => {
    const fix = repositoryPolicyStatement({
      repositoryArn,
      principalArn: roleArn,
      actions: ['ecr:BatchGetImage'],
      hasPolicy,
    });
    expect(JSON.parse(fix.policy ?? '')).not.toHaveProperty('Resource');
    expect(fix.cli).toMatch(new RegExp(`^aws ecr ${begins}`));
    expect(fix.terraform?.startsWith('resource')).toBe(!hasPolicy);
  });
});

describe('a fix of the catalogue', () => {
  it('is exact only where nothing is left to fill in', () => {
    expect(allow('app', ['s3:GetObject'], secret).policy).toContain(secret);
    expect(allow('EXECUTION_ROLE', ['s3:GetObject'], secret).policy).toBeUndefined();
    expect(allow('app', ['s3:GetObject'], 'SECRET_ARN').policy).toBeUndefined();
    expect(allow('app', ['s3:GetObject'], '*').policy).toBeUndefined();
  });
});

describe('words of other languages', () => {
  it('keep Terraform from reading what is only text', () => {
    const [dollar, percent] = ['$', '%'];
    expect(hclOf([`${dollar}{a}`, `${percent}{b}`, 'c"'])).toBe(
      `["${dollar}${dollar}{a}", "${percent}${percent}{b}", "c\\""]`,
    );
  });

  it('end no quotation of a shell', () => {
    expect(quoted("it's")).toBe("'it'\\''s'");
  });
});
