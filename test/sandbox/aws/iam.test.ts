import {
  GetRoleCommand,
  IAMClient,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import type { PolicyStatement, SandboxPolicy } from '#sandbox/aws/policy/document.ts';
import type { SandboxRole } from '#sandbox/aws/world.ts';
import { account, accountId, arn, clientConfig, failure, start } from './small-world.ts';

const roleArn = `arn:aws:iam::${accountId}:role/service/app-execution`;
const secret = arn('secretsmanager', 'secret:db-AbCdEf');
const other = arn('secretsmanager', 'secret:other-AbCdEf');
const read = 'secretsmanager:GetSecretValue';

function policy(name: string, ...Statement: PolicyStatement[]): SandboxPolicy {
  return { name, document: { Version: '2012-10-17', Statement } };
}

const readsSecret = policy('secrets', { Effect: 'Allow', Action: [read], Resource: [secret] });

async function open(story: Partial<SandboxRole> = {}, region = 'us-east-1') {
  const role: SandboxRole = {
    role: {
      Path: '/service/',
      RoleName: 'app-execution',
      RoleId: 'AROA0000000000000000A',
      Arn: roleArn,
      CreateDate: new Date('2024-02-03T04:05:06Z'),
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    policies: [readsSecret],
    ...story,
  };
  const sandbox = account({ roles: [role] });
  const endpoint = await start({ accounts: [sandbox] });
  const client = new IAMClient({ ...(await clientConfig(endpoint, sandbox)), region });
  const simulate = (input: Partial<SimulatePrincipalPolicyCommandInput> = {}) =>
    client.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: roleArn,
        ActionNames: [read],
        ResourceArns: [secret],
        ...input,
      }),
    );
  return { client, simulate, endpoint };
}

describe('GetRole', () => {
  it.each(['us-east-1', 'eu-west-1'])(
    'answers in %s alike, with the document URL-encoded',
    async (region) => {
      const { client } = await open({}, region);
      const { Role } = await client.send(new GetRoleCommand({ RoleName: 'app-execution' }));
      expect(Role).toMatchObject({ Arn: roleArn, RoleId: 'AROA0000000000000000A', Tags: [{ Key: 'team' }] });
      expect(Role?.AssumeRolePolicyDocument).toBe(
        '%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D',
      );
    },
  );

  it('knows no other role, and takes no ARN', async () => {
    const { client } = await open();
    const missing = await failure(client.send(new GetRoleCommand({ RoleName: 'nobody' })));
    expect(missing.name).toBe('NoSuchEntityException');
    expect(missing.message).toBe('The role with name nobody cannot be found.');
    expect((await failure(client.send(new GetRoleCommand({ RoleName: roleArn })))).name).toBe(
      'ValidationError',
    );
  });
});

describe('SimulatePrincipalPolicy', () => {
  it('sums up an action over its resources and tells each one apart', async () => {
    const { simulate } = await open();
    const { EvaluationResults, IsTruncated } = await simulate({ ResourceArns: [secret, other] });
    expect(IsTruncated).toBe(false);
    expect(EvaluationResults).toMatchObject([
      {
        EvalActionName: read,
        EvalDecision: 'implicitDeny',
        OrganizationsDecisionDetail: { AllowedByOrganizations: true },
        ResourceSpecificResults: [
          {
            EvalResourceName: secret,
            EvalResourceDecision: 'allowed',
            MatchedStatements: [{ SourcePolicyId: 'role_app-execution_secrets' }],
          },
          { EvalResourceName: other, EvalResourceDecision: 'implicitDeny' },
        ],
      },
    ]);
  });

  it('names the statement that denies, and none that allows', async () => {
    const denies = policy('guard', { Effect: 'Deny', Action: 'secretsmanager:*', Resource: '*' });
    const { simulate } = await open({ policies: [readsSecret, { ...denies, managed: true }] });
    const { EvaluationResults } = await simulate();
    expect(EvaluationResults?.[0]?.ResourceSpecificResults).toMatchObject([
      { EvalResourceDecision: 'explicitDeny', MatchedStatements: [{ SourcePolicyId: 'guard' }] },
    ]);
    expect(EvaluationResults?.[0]?.MatchedStatements).toHaveLength(1);
  });

  it('lists the keys that statements ask for and nobody gave', async () => {
    const tagged = policy('tagged', {
      Effect: 'Allow',
      Action: read,
      Resource: '*',
      Condition: { StringEquals: { 'secretsmanager:ResourceTag/team': 'shop', 'aws:SourceVpce': 'vpce-1' } },
    });
    const { simulate } = await open({ policies: [tagged] });
    const ContextEntries = [
      { ContextKeyName: 'aws:sourcevpce', ContextKeyType: 'string' as const, ContextKeyValues: ['vpce-1'] },
    ];
    const { EvaluationResults } = await simulate({ ContextEntries });
    expect(EvaluationResults?.[0]?.ResourceSpecificResults).toMatchObject([
      { EvalResourceDecision: 'implicitDeny', MissingContextValues: ['secretsmanager:ResourceTag/team'] },
    ]);
    const all = [
      ...ContextEntries,
      {
        ContextKeyName: 'secretsmanager:ResourceTag/team',
        ContextKeyType: 'string' as const,
        ContextKeyValues: ['shop'],
      },
    ];
    expect((await simulate({ ContextEntries: all })).EvaluationResults?.[0]?.EvalDecision).toBe('allowed');
  });

  it('tells a boundary that leaves the action out', async () => {
    const boundary = policy('edge', { Effect: 'Allow', Action: 's3:*', Resource: '*' });
    const { simulate } = await open({ boundary });
    expect((await simulate()).EvaluationResults).toMatchObject([
      {
        EvalDecision: 'implicitDeny',
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
      },
    ]);
  });

  it('shows no statement where the organization refuses', async () => {
    const { simulate } = await open({ organizationDenies: ['secretsmanager:*'] });
    const { EvaluationResults } = await simulate();
    expect(EvaluationResults).toMatchObject([
      { EvalDecision: 'implicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
    ]);
    expect(EvaluationResults?.[0]?.MatchedStatements).toEqual([]);
  });

  it('puts the missing keys of a simulation without resources beside the action', async () => {
    const { simulate } = await open({
      policies: [
        policy('any', {
          Effect: 'Allow',
          Action: 'ecr:*',
          Resource: '*',
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        }),
      ],
    });
    const { EvaluationResults } = await simulate({
      ActionNames: ['ecr:GetAuthorizationToken'],
      ResourceArns: undefined,
    });
    expect(EvaluationResults?.[0]?.MissingContextValues).toEqual(['aws:MultiFactorAuthPresent']);
    expect(EvaluationResults?.[0]?.ResourceSpecificResults).toBeUndefined();
  });

  it('pages, and takes a marker for the same question alone', async () => {
    const { simulate } = await open();
    const first = await simulate({ ActionNames: [read, 's3:GetObject'], MaxItems: 1 });
    expect(first).toMatchObject({ IsTruncated: true, EvaluationResults: [{ EvalActionName: read }] });
    const second = await simulate({ ActionNames: [read, 's3:GetObject'], Marker: first.Marker });
    expect(second).toMatchObject({
      IsTruncated: false,
      EvaluationResults: [{ EvalActionName: 's3:GetObject' }],
    });
    expect((await failure(simulate({ Marker: first.Marker }))).name).toBe('InvalidInputException');
  });

  it.each([
    ['NoSuchEntityException', { PolicySourceArn: `${roleArn}-2` }],
    ['InvalidInputException', { PolicySourceArn: arn('ecs', 'cluster/prod') }],
    ['InvalidInputException', { ActionNames: ['GetSecretValue'] }],
    ['InvalidInputException', { ResourceArns: ['db'] }],
  ])('refuses with %s what AWS refuses', async (name, input) => {
    const { simulate } = await open();
    expect((await failure(simulate(input))).name).toBe(name);
  });

  it('has no answer for a condition that the sandbox cannot judge', async () => {
    const { simulate, endpoint } = await open({
      policies: [
        policy('odd', {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
        }),
      ],
    });
    const given = [
      { ContextKeyName: 'aws:SourceIp', ContextKeyType: 'ip' as const, ContextKeyValues: ['10.1.1.1'] },
    ];
    await failure(simulate({ ContextEntries: given }));
    expect(endpoint.unexpected).toMatchObject([{ operation: 'SimulatePrincipalPolicy' }]);
  });
});
