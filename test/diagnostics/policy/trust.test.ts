import { describe, expect, it } from 'vitest';
import { readTrust } from '#diagnostics/policy/trust.ts';

const account = '111111111111';
const clusterArn = `arn:aws:ecs:us-east-1:${account}:cluster/prod`;
const tasks = 'ecs-tasks.amazonaws.com';
const trust = (more: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: tasks },
  Action: 'sts:AssumeRole',
  ...more,
});
const read = (Statement: unknown, Version = '2012-10-17') =>
  readTrust({ document: JSON.stringify({ Version, Statement }), account, clusterArn });
const under = (Condition: object) => read([trust({ Condition })]);

describe('a trust policy', () => {
  it.each<[string, unknown]>([
    ['trusts', trust()],
    ['trusts', [trust({ Principal: { Service: ['ec2.amazonaws.com', tasks] } })]],
    ['trusts', [trust({ Action: ['sts:TagSession', 'sts:AssumeRole'] })]],
    ['trusts', [trust({ Action: 'sts:*' })]],
    ['trusts', [trust({ Action: '*' })]],
    ['trusts', [trust({ Action: 'STS:assumerole' })]],
    ['trusts', [trust({ Principal: '*' })]],
    ['trusts', [trust({ Principal: { AWS: account, Service: tasks } })]],
    ['trusts', [trust({ Action: undefined, NotAction: 'sts:TagSession' })]],
    ['trusts', [trust({ Action: 'sts:Assume*' })]],
    ['not-named', [trust({ Action: undefined, NotAction: ['sts:Assume*'] })]],
    ['not-named', [trust({ Action: 'sts:AssumeRoleWithWebIdentity' })]],
    ['not-named', [trust({ Principal: { AWS: account } })]],
    ['not-named', [trust({ Principal: { Service: 'ecs.amazonaws.com' } })]],
    ['open', [trust({ Principal: { Service: 'ecs-tasks.amazonaws.com.cn' } })]],
    ['not-named', []],
    ['denied', [trust(), trust({ Effect: 'Deny' })]],
    ['open', [trust(), trust({ Effect: 'Deny', Principal: { AWS: '*' } })]],
    ['open', 'nonsense'],
  ])('%s with %j', (answer, statement) => {
    expect(read(statement).answer).toBe(answer);
    expect(read(statement, '2008-10-17').answer).toBe(answer);
  });

  it('names the services that it trusts instead', () => {
    const services = ['ec2.amazonaws.com', 'lambda.amazonaws.com'];
    expect(
      read([trust({ Principal: { Service: services } }), trust({ Principal: { Service: services[0] } })]),
    ).toEqual({
      answer: 'not-named',
      trusted: services,
    });
  });

  it('is read as IAM encodes it', () => {
    const document = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [trust()] }));
    expect(readTrust({ document, account, clusterArn }).answer).toBe('trusts');
  });
});

describe('a condition of a trust policy', () => {
  const source = (pattern: string) => ({ ArnLike: { 'aws:SourceArn': pattern } });

  it.each<[string, object]>([
    ['trusts', { StringEquals: { 'aws:SourceAccount': account } }],
    ['condition', { StringEquals: { 'aws:SourceAccount': '222222222222' } }],
    ['trusts', source(`arn:aws:ecs:us-east-1:${account}:*`)],
    ['trusts', source(`arn:aws:ecs:*:${account}:*`)],
    ['trusts', { StringLike: { 'AWS:sourcearn': `arn:aws:ecs:us-east-1:${account}:*` } }],
    ['condition', source(`arn:aws:ecs:eu-west-1:${account}:*`)],
    ['condition', source('arn:aws:ecs:us-east-1:222222222222:*')],
    ['condition', source(`arn:aws:ecs:us-east-1:${account}:cluster/other`)],
    ['condition', { ArnEquals: { 'aws:SourceArn': `arn:aws:ecs:us-east-1:${account}:task/other/*` } }],
    ['open', source(`arn:aws:ecs:us-east-1:${account}:cluster/prod`)],
    ['open', source(`arn:aws:ecs:us-east-1:${account}:task/prod/*`)],
    ['open', source(`arn:aws:ecs:us-east-1:${account}:task-definition/api:*`)],
    ['open', { StringEquals: { 'aws:SourceArn': `arn:aws:ecs:us-east-1:${account}:task/prod/0a` } }],
    ['condition', { StringEquals: { 'aws:SourceArn': `arn:aws:ecs:us-east-1:${account}:*` } }],
    ['condition', { StringEquals: { 'sts:ExternalId': 'x' } }],
    ['condition', { StringEqualsIfExists: { 'aws:SourceAccount': '222222222222' } }],
    ['trusts', { StringNotEquals: { 'aws:SourceAccount': '222222222222' } }],
    ['condition', { StringNotEquals: { 'aws:SourceAccount': account } }],
    ['trusts', { Null: { 'aws:SourceAccount': 'false' } }],
    ['condition', { Null: { 'aws:SourceAccount': 'true' } }],
    ['trusts', { StringEquals: { 'aws:SourceAccount': ['222222222222', account] } }],
    ['open', { StringEquals: { 'aws:SourceOrgID': 'o-1' } }],
    ['condition', { StringEquals: { 'aws:SourceOrgID': 'o-1', 'aws:SourceAccount': '222222222222' } }],
  ])('%s under %j', (answer, condition) => {
    expect(under(condition).answer).toBe(answer);
  });

  it('that shuts the account out is named, and no other', () => {
    const Condition = {
      StringEquals: { 'aws:SourceAccount': '222222222222' },
      ...source(`arn:aws:ecs:us-east-1:${account}:*`),
    };
    expect(under(Condition)).toMatchObject({
      answer: 'condition',
      failing: [{ operator: 'StringEquals', key: 'aws:SourceAccount', wanted: ['222222222222'] }],
    });
  });

  it('does not matter where another statement trusts without one', () => {
    const Condition = { StringEquals: { 'aws:SourceAccount': '222222222222' } };
    expect(read([trust({ Condition }), trust()]).answer).toBe('trusts');
  });
});
