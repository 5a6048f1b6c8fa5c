import { describe, expect, it } from 'vitest';
import { evaluatePolicies } from '#diagnostics/policy/evaluate.ts';
import type { Decision, PolicyKind, PolicyRequest } from '#diagnostics/policy/types.ts';

const account = '111111111111';
const role = `arn:aws:iam::${account}:role/team/app`;
const repository = `arn:aws:ecr:us-east-1:${account}:repository/shop/api`;
const request: PolicyRequest = {
  principal: { arn: role, account },
  action: 'ecr:BatchGetImage',
  resource: repository,
};

type Raw = Record<string, unknown>;

function decide(
  statements: Raw | Raw[],
  more: Partial<PolicyRequest> = {},
  kind: PolicyKind = 'identity',
): Decision {
  const document = { Version: '2012-10-17', Statement: statements };
  return evaluatePolicies([{ name: 'app', document }], { ...request, ...more }, kind);
}

const allow = (more: Raw = {}) => ({ Effect: 'Allow', Action: 'ecr:*', Resource: '*', ...more });
const deny = (more: Raw = {}) => allow({ Effect: 'Deny', ...more });
const when = (operator: string, key: string, value: unknown) =>
  allow({ Condition: { [operator]: { [key]: value } } });

describe('an identity policy', () => {
  it.each<[string, string, Raw | Raw[]]>([
    ['allowed', 'a text where a list could stand', allow()],
    ['allowed', 'actions in any case', allow({ Action: ['ECR:batchgetIMAGE'] })],
    ['none', 'resources in their own case', allow({ Resource: repository.toUpperCase() })],
    ['allowed', 'NotAction of another service', allow({ Action: undefined, NotAction: 'iam:*' })],
    ['none', 'NotAction of the action', allow({ Action: undefined, NotAction: 'ecr:Batch*' })],
    ['allowed', 'NotResource of another', allow({ Resource: undefined, NotResource: `${repository}2` })],
    ['denied', 'an explicit deny before an allow', [allow(), deny({ Action: 'ecr:BatchGetImage' })]],
    ['none', 'a deny of something else alone', deny({ Action: 'ecr:PutImage' })],
    ['allowed', 'a star over slashes', allow({ Resource: `arn:aws:ecr:*:${account}:repository/shop*` })],
    ['allowed', 'a star at the end of a segment, over colons', allow({ Resource: 'arn:aws:ecr:*' })],
    [
      'open',
      'a star in the middle of a segment, over colons',
      allow({ Resource: 'arn:aws:ecr:us*/shop/api' }),
    ],
    ['open', 'an allow on a key that is unknown', when('StringEquals', 'aws:SourceVpce', 'vpce-1')],
    ['allowed', 'the same beside a sure allow', [when('StringEquals', 'aws:SourceVpce', 'vpce-1'), allow()]],
    [
      'open',
      'a deny on a key that is unknown',
      [allow(), deny({ Condition: { Bool: { 'aws:X': 'true' } } })],
    ],
    ['denied', 'the same beside a sure deny', [deny(), deny({ Condition: { Bool: { 'aws:X': 'true' } } })]],
    ['open', 'an operator that nobody knows', when('StringSoundsLike', 'aws:PrincipalAccount', account)],
    ['none', 'an unknown key where the action differs', { ...when('Bool', 'aws:X', 'true'), Action: 's3:*' }],
    ['allowed', 'the account of the resource', when('StringEquals', 'AWS:ResourceAccount', account)],
    ['allowed', 'the account that calls KMS', when('StringEquals', 'kms:CallerAccount', account)],
    ['none', 'a service that asks by itself', when('Bool', 'aws:PrincipalIsAWSService', 'true')],
  ])('is %s by %s', (answer, _what, statements) => {
    expect(decide(statements).answer).toBe(answer);
  });

  it('names the statement that decides by its Sid, or by its place', () => {
    expect(decide([allow({ Action: 's3:*' }), allow()])).toMatchObject({
      by: { policy: 'app', label: 'statement 2', effect: 'Allow' },
    });
    expect(decide(deny({ Sid: 'NoPull' }))).toMatchObject({ answer: 'denied', by: { label: 'NoPull' } });
  });

  it('says what it cannot know, and what would come of it', () => {
    expect(
      decide([allow(), deny({ Sid: 'Edge', Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } })]),
    ).toMatchObject({
      answer: 'open',
      possible: ['denied', 'allowed'],
      undecided: [
        {
          statement: { label: 'Edge' },
          because: [{ what: 'key', name: 'aws:SourceVpc', operator: 'StringNotEquals' }],
          would: 'denied',
        },
      ],
    });
  });

  it.each(['not json', '[]', '{"Version":"2012-10-17"}', { Statement: [{ Effect: 'Perhaps' }] }])(
    'that cannot be read, %j, may say anything',
    (document) => {
      const decision = evaluatePolicies([{ name: 'app', document }], request, 'identity');
      expect(decision).toMatchObject({
        answer: 'open',
        possible: ['denied', 'allowed', 'delegated', 'none'],
      });
    },
  );

  it('is read URL-encoded, as IAM returns it', () => {
    const document = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: allow() }));
    expect(evaluatePolicies([{ name: 'app', document }], request, 'identity').answer).toBe('allowed');
  });
});

describe('a policy variable', () => {
  const variable = (inner: string) => `$\{${inner}}`;
  const tagged = { principal: { arn: role, account, tags: { Team: 'shop' } } };

  it.each<[string, string, Partial<PolicyRequest>]>([
    ['allowed', variable('aws:PrincipalTag/team'), tagged],
    ['open', variable('aws:PrincipalTag/team'), {}],
    ['none', variable('aws:PrincipalTag/other'), tagged],
    ['allowed', variable("aws:PrincipalTag/other, 'shop'"), tagged],
    ['none', variable('*'), tagged],
  ])('is %s with repository/%s', (answer, part, more) => {
    const Resource = `arn:aws:ecr:us-east-1:${account}:repository/${part}/api`;
    expect(decide(allow({ Resource }), more).answer).toBe(answer);
  });

  it('is plain text in a policy of the old version, which is also that of a policy without one', () => {
    const Resource = `arn:aws:ecr:us-east-1:${account}:repository/${variable('aws:PrincipalTag/team')}/api`;
    for (const Version of ['2008-10-17', undefined]) {
      const document = { Version, Statement: allow({ Resource }) };
      expect(
        evaluatePolicies([{ name: 'app', document }], { ...request, ...tagged }, 'identity').answer,
      ).toBe('none');
    }
  });

  it('does not bring wildcards of its own', () => {
    const star = { principal: { arn: role, account, tags: { team: '*' } } };
    const Resource = `arn:aws:ecr:us-east-1:${account}:repository/${variable('aws:PrincipalTag/team')}`;
    expect(decide(allow({ Resource }), star).answer).toBe('none');
  });
});

describe('a condition', () => {
  const context = {
    'aws:SourceIp': '10.0.3.7',
    'aws:CurrentTime': '2026-03-01T12:00:00Z',
    'aws:PrincipalOrgPaths': ['o-1/r-1/ou-1/', 'o-1/r-1/ou-2/'],
    'aws:RequestedRegion': 'us-east-1',
    'ecr:Size': '20',
    'aws:SecureTransport': 'true',
    'aws:SourceArn': 'arn:aws:ecs:us-east-1:111111111111:task/prod/0a1b',
  };
  it.each<[string, string, string, unknown]>([
    ['allowed', 'IpAddress', 'aws:SourceIp', ['192.168.0.0/16', '10.0.0.0/16']],
    ['allowed', 'IpAddress', 'aws:SourceIp', '10.0.3.7'],
    ['none', 'NotIpAddress', 'aws:SourceIp', '10.0.0.0/8'],
    ['none', 'IpAddress', 'aws:SourceIp', '2001:db8::/32'],
    ['open', 'IpAddress', 'aws:SourceIp', '10.0.0.0/40'],
    ['allowed', 'DateGreaterThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z'],
    ['none', 'DateLessThan', 'aws:CurrentTime', '1767225600'],
    ['open', 'DateLessThan', 'aws:CurrentTime', 'tomorrow'],
    ['allowed', 'NumericGreaterThanEquals', 'ecr:Size', 20],
    ['open', 'NumericLessThan', 'ecr:Size', 'big'],
    ['allowed', 'Bool', 'aws:SecureTransport', true],
    ['allowed', 'StringNotEquals', 'AWS:requestedregion', 'eu-west-1'],
    ['none', 'StringEquals', 'aws:RequestedRegion', 'us-*'],
    ['allowed', 'StringLike', 'aws:RequestedRegion', 'us-*'],
    ['allowed', 'StringEqualsIgnoreCase', 'aws:RequestedRegion', 'US-EAST-1'],
    ['allowed', 'ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-1/r-1/ou-2/*'],
    ['none', 'ForAllValues:StringLike', 'aws:PrincipalOrgPaths', 'o-1/r-1/ou-2/*'],
    ['open', 'StringLike', 'aws:PrincipalOrgPaths', 'o-1/*'],
    ['allowed', 'ArnLike', 'aws:SourceArn', 'arn:aws:ecs:*:111111111111:task/*'],
    ['allowed', 'ArnEquals', 'aws:SourceArn', 'arn:aws:ecs:us-east-1:111111111111:*'],
    ['none', 'ArnLike', 'aws:SourceArn', 'arn:aws:ecs:*:222222222222:*'],
    ['none', 'ArnLike', 'aws:SourceArn', 'arn:aws:ecs:us-east-1:1*1:service/*'],
    ['open', 'ArnLike', 'aws:SourceArn', 'arn:aws:ecs:*'],
    ['none', 'ArnLike', 'aws:SourceArn', 'arn:aws:lambda:*'],
    ['none', 'StringEquals', 'aws:SourceVpc', 'vpc-1'],
    ['allowed', 'StringNotEquals', 'aws:SourceVpc', 'vpc-1'],
    ['allowed', 'StringEqualsIfExists', 'aws:SourceVpc', 'vpc-1'],
    ['allowed', 'ForAllValues:StringEquals', 'aws:SourceVpc', 'vpc-1'],
    ['none', 'ForAnyValue:StringNotEquals', 'aws:SourceVpc', 'vpc-1'],
    ['allowed', 'Null', 'aws:SourceVpc', 'true'],
    ['none', 'Null', 'aws:SourceIp', true],
    ['open', 'Null', 'aws:TokenIssueTime', 'true'],
    ['open', 'StringEqualsIfExists', 'aws:SourceVpce', 'vpce-1'],
  ])('is %s by %s of %s', (answer, operator, key, value) => {
    expect(decide(when(operator, key, value), { context, absent: ['aws:SourceVpc'] }).answer).toBe(answer);
  });

  it('of which every key has to hold fails by one that does not, whatever else is unknown', () => {
    const Condition = { StringEquals: { 'aws:X': '1', 'aws:RequestedRegion': 'eu-west-1' } };
    expect(decide(allow({ Condition }), { context }).answer).toBe('none');
  });
});

describe('a principal', () => {
  const session = `arn:aws:sts::${account}:assumed-role/app/0a1b`;
  const ask = (principal: unknown, more: Partial<PolicyRequest> = {}, kind: PolicyKind = 'resource') =>
    decide(allow({ Principal: principal }), more, kind);

  it.each<[string, unknown]>([
    ['allowed', '*'],
    ['allowed', { AWS: '*' }],
    ['allowed', { AWS: ['arn:aws:iam::222222222222:role/app', role] }],
    ['none', { AWS: `arn:aws:iam::${account}:role/app` }],
    ['none', { AWS: `arn:aws:iam::${account}:role/*` }],
    ['none', { AWS: '222222222222' }],
    ['none', { Service: 'ecs-tasks.amazonaws.com' }],
    ['none', { Federated: 'accounts.google.com' }],
    ['open', { AWS: session }],
    ['open', { AWS: 'AROA0123456789ABCDEFG' }],
    ['open', { CanonicalUser: '79a5' }],
    ['open', role],
  ])('is %s by %j', (answer, principal) => {
    expect(ask(principal).answer).toBe(answer);
  });

  it.each([account, `arn:aws:iam::${account}:root`])('of the whole account, %s, leaves it to IAM', (AWS) => {
    expect(ask({ AWS })).toMatchObject({ answer: 'allowed', delegates: true });
    expect(ask({ AWS: [AWS, role] })).toMatchObject({ answer: 'allowed', delegates: false });
    expect(decide(deny({ Principal: { AWS } }), {}, 'resource').answer).toBe('denied');
  });

  it('of a session is allowed what its role is, whatever its path', () => {
    const principal = { arn: session, account };
    expect(ask({ AWS: role }, { principal }).answer).toBe('allowed');
    expect(ask({ AWS: session }, { principal }).answer).toBe('allowed');
    expect(ask({ AWS: `${session}c` }, { principal }).answer).toBe('none');
  });

  it('that was deleted since is not its namesake', () => {
    const principal = { arn: role, account, id: 'AROANEW' };
    expect(ask({ AWS: 'AROAOLD' }, { principal }).answer).toBe('none');
    expect(ask({ AWS: 'AROANEW' }, { principal }).answer).toBe('allowed');
  });

  it('of an endpoint is let through as part of its account, by a gateway endpoint not', () => {
    expect(ask({ AWS: account }, {}, 'endpoint')).toMatchObject({ answer: 'allowed', delegates: false });
    expect(ask({ AWS: account }, {}, 'gateway-endpoint').answer).toBe('none');
    expect(ask('*', {}, 'gateway-endpoint').answer).toBe('allowed');
  });

  it('is left out by NotPrincipal only when its session and account are named, too', () => {
    const except = (AWS: string[]) =>
      decide([allow({ Principal: '*' }), deny({ NotPrincipal: { AWS } })], {}, 'resource').answer;
    expect(except(['222222222222'])).toBe('denied');
    expect(except([role, account])).toBe('open');
  });
});
