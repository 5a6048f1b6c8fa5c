import type { Event } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { callLookups, globalRegion } from '#diagnostics/changes/call-lookups.ts';
import { recordOf } from '#diagnostics/changes/call-record.ts';
import { principalName } from '#diagnostics/changes/principal.ts';
import { changeRows } from '#diagnostics/changes/rows.ts';
import { changesCheck } from '#diagnostics/checks/changes.ts';
import { type FactContext, FactFailure } from '#diagnostics/fact.ts';
import type { ChangeBase } from '#diagnostics/facts/changes/change-base.ts';
import { changeCalls } from '#diagnostics/facts/changes/change-calls.ts';
import type { ReadValue } from '#diagnostics/facts/changes/read-values.ts';
import { context, definition, minutesAgo, read, revision, service, tasksOf } from '../checks/facts.ts';

const role = 'arn:aws:iam::222222222222:role/app/api-execution';
const base: ChangeBase = {
  tasks: tasksOf([]),
  service: service({
    networkConfiguration: { awsvpcConfiguration: { subnets: [], securityGroups: ['sg-1'] } },
  }),
  definitions: { [revision(2)]: { ...definition(2), executionRoleArn: role } },
  history: [],
  revisions: {},
  compared: {
    from: minutesAgo(60),
    to: minutesAgo(10),
    why: '',
    before: {},
    after: { definition: revision(2) },
    failing: true,
    unknown: [],
  },
  notChecked: [],
};
const value = (kind: ReadValue['kind'], name: string, ago: number): ReadValue => ({
  kind,
  name,
  id: kind === 'secret' ? `arn:aws:secretsmanager:us-east-1:222222222222:secret:${name}-q8WmZ2` : name,
  region: 'us-east-1',
  state: { ok: true, value: { changedAt: minutesAgo(ago), deleted: false } },
});

const event = (
  EventName: string,
  requestParameters: object,
  userIdentity: object = {},
  more = {},
): Event => ({
  EventId: `${EventName} ${JSON.stringify(requestParameters)}`,
  EventName,
  EventTime: minutesAgo(30),
  CloudTrailEvent: JSON.stringify({ userIdentity, requestParameters, ...more }),
});

const assumed = (session: string) => ({
  type: 'AssumedRole',
  arn: `arn:aws:sts::222222222222:assumed-role/deploy/${session}`,
});

describe('who made a call', () => {
  it.each([
    ['a person who assumed a role', assumed('maria'), 'maria'],
    ['of single sign-on, without the address', assumed('maria@example.com'), 'maria'],
    ['a machine, by its role', assumed('i-0abc1234def567890'), 'role deploy'],
    ['a program that gave no name, by its role', assumed('botocore-session-1764000000'), 'role deploy'],
    ['a user', { type: 'IAMUser', userName: 'noah', arn: 'arn:aws:iam::222222222222:user/noah' }, 'noah'],
    ['the owner of the account', { type: 'Root', arn: 'arn:aws:iam::222222222222:root' }, 'root'],
    ['a service of AWS', { type: 'AWSService', invokedBy: 'ecs.amazonaws.com' }, 'ecs.amazonaws.com'],
    ['nobody that is told', {}, 'unknown'],
  ])('%s', (_, identity, by) => {
    expect(recordOf(event('UpdateService', {}, identity))?.by).toBe(by);
  });

  it.each([
    ['a person', 'arn:aws:sts::222222222222:assumed-role/deploy/maria', 'maria'],
    [
      'a person of single sign-on, without the address',
      'arn:aws:sts::222222222222:assumed-role/AWSReservedSSO_Admin_0a1b/maria@example.com',
      'maria',
    ],
    ['a user in a path', 'arn:aws:iam::222222222222:user/ops/noah', 'noah'],
    ['a machine, by its role', 'arn:aws:sts::222222222222:assumed-role/ci/i-0abc1234def567890', 'role ci'],
    ['the owner of the account', 'arn:aws:iam::222222222222:root', 'root'],
    ['nobody that is told', undefined, ''],
  ])('registered a revision: %s', (_, arn, name) => {
    expect(principalName(arn)).toBe(name);
    const definitions = {
      [revision(1)]: definition(1),
      [revision(2)]: { ...definition(2, [{ name: 'app', memory: 256 }]), ...(arn && { registeredBy: arn }) },
    };
    const compared = { ...base.compared, before: { definition: revision(1) } };
    expect(changeRows({ base: { ...base, definitions, compared } }).map(({ by = '' }) => by)).toEqual([name]);
  });

  it('is never told by an access key', () => {
    const given = { ...event('UpdateService', {}), Username: 'AKIAIOSFODNN7EXAMPLE' };
    expect(recordOf(given)?.by).toBe('unknown');
  });
});

describe('what was changed', () => {
  it.each([
    [
      'a rule, by ports and side',
      {
        ipPermissions: {
          items: [
            {
              ipProtocol: 'tcp',
              fromPort: 443,
              toPort: 443,
              ipRanges: { items: [{ cidrIp: '10.0.0.0/16' }] },
            },
          ],
        },
      },
      'tcp 443, 10.0.0.0/16',
    ],
    [
      'a rule for everything from a group',
      { ipPermissions: { items: [{ ipProtocol: '-1', groups: { items: [{ groupId: 'sg-9' }] } }] } },
      'everything, sg-9',
    ],
    [
      'a policy of a role',
      { roleName: 'x', policyName: 'read-secrets', policyDocument: '{"secret"}' },
      'policy read-secrets',
    ],
    [
      'an attached policy',
      { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      'policy AdministratorAccess',
    ],
    ['a value, which is never told', { secretId: 'x', secretString: 'hunter2' }, undefined],
  ])('%s', (_, parameters, detail) => {
    expect(recordOf(event('Any', parameters))?.detail).toBe(detail);
  });

  it('is told with who was refused, though the parameters are those of another service', () => {
    const given = event('UpdateService', { service: { description: 'x' } }, assumed('maria'), {
      errorCode: 'AccessDenied',
    });
    expect(recordOf(given)).toMatchObject({ by: 'maria', error: 'AccessDenied' });
  });

  it('is told of a record that is not as expected, too', () => {
    expect(
      recordOf({
        EventName: 'UpdateService',
        EventTime: minutesAgo(1),
        CloudTrailEvent: '{"requestParameters":7',
      }),
    ).toMatchObject({ name: 'UpdateService', by: 'unknown' });
    expect(recordOf({ EventTime: minutesAgo(1) })).toBeUndefined();
  });
});

describe('what CloudTrail is asked', () => {
  const asked = (values: ReadValue[]) =>
    callLookups({ base, values, target: context.target }).map(
      ({ region, attribute: { AttributeValue } }) => `${AttributeValue} in ${region}`,
    );

  it('is the service, its revision, its security groups and its roles', () => {
    expect(asked([])).toEqual([
      'UpdateService in us-east-1',
      'RegisterTaskDefinition in us-east-1',
      'sg-1 in us-east-1',
      'api-execution in us-east-1',
    ]);
  });

  it('is every security group, however many there are', () => {
    const securityGroups = Array.from({ length: 7 }, (_, index) => `sg-${index}`);
    const of = service({ networkConfiguration: { awsvpcConfiguration: { subnets: [], securityGroups } } });
    const lookups = callLookups({ base: { ...base, service: of }, values: [], target: context.target });
    expect(lookups.flatMap(({ attribute: { AttributeValue = '' } }) => AttributeValue)).toEqual(
      expect.arrayContaining(securityGroups),
    );
  });

  it.each([
    ['calls', true, minutesAgo(2), 1],
    ['calls of a time that is over', true, minutesAgo(40), undefined],
    ['nothing, for nobody asked who', false, minutesAgo(2), undefined],
  ])('may be told late of %s', (_, isAsked, to, notes) => {
    const calls = isAsked ? { calls: [], notChecked: [] } : undefined;
    const outcome = changesCheck.judge(
      { changeBase: { ...base, compared: { ...base.compared, to } }, changeCalls: read(calls) } as never,
      context,
    );
    expect(outcome.details?.notes?.length).toBe(notes);
  });

  it('is of secrets and parameters only those that were changed in that time', () => {
    expect(
      asked([value('secret', 'db', 20), value('secret', 'old', 90), value('parameter', '/level', 20)]).slice(
        4,
      ),
    ).toEqual(['PutSecretValue in us-east-1', 'UpdateSecret in us-east-1', 'PutParameter in us-east-1']);
  });

  it.each([
    ['us-east-1', 'us-east-1'],
    ['eu-west-1', 'us-east-1'],
    ['cn-northwest-1', 'cn-north-1'],
    ['us-gov-east-1', 'us-gov-west-1'],
    ['us-isob-east-1', 'us-isob-east-1'],
  ])('about roles where the partition keeps them: %s', (region, global) => {
    expect(globalRegion(region)).toBe(global);
  });

  it.each<[string, Event, string | undefined]>([
    ['the service', event('UpdateService', { service: 'api', cluster: 'prod' }), 'api'],
    [
      'its namesake in another cluster',
      event('UpdateService', { service: 'api', cluster: 'staging' }),
      undefined,
    ],
    [
      'its namesake in the cluster default, which ECS means where none is named',
      event('UpdateService', { service: 'api' }),
      undefined,
    ],
    [
      'a rule of another group that names this one as its source',
      event('AuthorizeSecurityGroupIngress', { groupId: 'sg-2' }),
      undefined,
    ],
    ['a rule of the group, by its id alone', event('ModifySecurityGroupRules', {}), 'sg-1'],
    ['the role', event('PutRolePolicy', { roleName: 'api-execution' }), 'api-execution'],
    ['a reading of the role', event('GetRole', { roleName: 'api-execution' }), undefined],
    ['a rule of the group', event('RevokeSecurityGroupEgress', { groupId: 'sg-1' }), 'sg-1'],
    ['a use of the group', event('CreateNetworkInterface', { groupId: 'sg-1' }), undefined],
    ['the secret by its name', event('PutSecretValue', { secretId: 'db' }), 'db'],
    [
      'the secret by its ARN',
      event('PutSecretValue', { secretId: 'arn:aws:secretsmanager:us-east-1:222222222222:secret:db-q8WmZ2' }),
      'db',
    ],
    ['another secret', event('PutSecretValue', { secretId: 'db-reader' }), undefined],
    ['the parameter', event('PutParameter', { name: '/level' }), '/level'],
  ])('%s', (_, given, thing) => {
    const lookups = callLookups({
      base,
      values: [value('secret', 'db', 20), value('parameter', '/level', 20)],
      target: context.target,
    });
    const record = recordOf(given);
    const own = lookups.filter(
      ({ attribute: { AttributeKey, AttributeValue } }) =>
        AttributeKey === 'ResourceName' || AttributeValue === given.EventName,
    );
    expect(own.map((lookup) => record && lookup.thingOf(record)).find((found) => found !== undefined)).toBe(
      thing,
    );
  });
});

describe('the history', () => {
  type Lookup = (region: string | undefined, value: string) => Event[];
  const load = (answer: Lookup, region = 'us-east-1') =>
    changeCalls.load(
      {
        ...context,
        target: { ...context.target, region },
        scope: { ...context.scope, who: true },
        read: async () => base,
        settle: async () => ({ ok: false, failure: new FactFailure('no', 'AccessDenied') }),
        awsIn: (where: string | undefined) => ({
          trail: {
            lookupEvents: async ({
              LookupAttributes: [one],
            }: {
              LookupAttributes: { AttributeValue: string }[];
            }) => ({
              Events: answer(where, one?.AttributeValue ?? ''),
            }),
          },
        }),
      } as unknown as FactContext,
      undefined,
    );

  it('tells what one region answers where another refuses', async () => {
    const answered = await load((region, asked) => {
      if (region === 'us-east-1')
        throw Object.assign(new Error('denied by an SCP'), { name: 'AccessDeniedException' });
      return asked === 'UpdateService' ? [event('UpdateService', { service: 'api', cluster: 'prod' })] : [];
    }, 'eu-west-1');
    expect(answered?.calls.map(({ name }) => name)).toEqual(['UpdateService']);
    expect(answered?.notChecked).toMatchObject([
      { check: 'who edited the role api-execution', reason: 'AccessDenied' },
    ]);
  });

  it('tells one event once that is found twice', async () => {
    const answered = await load(() => [event('UpdateService', { service: 'api', cluster: 'prod' })]);
    expect(answered?.calls).toHaveLength(1);
  });

  it('is not known at all where the own region refuses', async () => {
    await expect(
      load(() => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
  });
});
