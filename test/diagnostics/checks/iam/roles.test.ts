import { describe, expect, it } from 'vitest';
import type { JudgedRight } from '#diagnostics/access/judge-right.ts';
import { rightFindings } from '#diagnostics/checks/iam/right-findings.ts';
import { roleFindings, roleStates } from '#diagnostics/checks/iam/role-findings.ts';
import { taskRoleFindings } from '#diagnostics/checks/iam/task-role-findings.ts';
import { stopped, tasksOf } from '../facts.ts';
import { executionRoleArn, known, read, secretArn, taskDefinitionArn } from './known.ts';

const role = (trust: object) =>
  read({
    missing: false as const,
    name: 'api-execution',
    arn: executionRoleArn,
    id: 'AROAAAAAAAAAAAAAAAAAA',
    trust: JSON.stringify({ Version: '2012-10-17', ...trust }),
    tags: {},
  });
const trusting = (principal: object, more: object = {}) =>
  role({ Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }] });
const ecs = { Service: 'ecs-tasks.amazonaws.com' };
const unknown = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } };

const files = { name: 'app', environmentFiles: [{ type: 's3' as const, value: 'arn:aws:s3:::b/k.env' }] };
const logs = {
  name: 'app',
  logConfiguration: { logDriver: 'awslogs' as const, options: { 'awslogs-group': '/ecs/api' } },
};
const pulls = { name: 'app', image: '222222222222.dkr.ecr.us-east-1.amazonaws.com/api:1' };

describe('the execution role', () => {
  const stateOf = (
    execution: ReturnType<typeof role> | { ok: true; value: { missing: true; name: string } },
    minutes?: number,
  ) => {
    const all = known({
      roles: { execution, task: undefined },
      runs: minutes === undefined ? [] : [{ minutes }],
    });
    const states = roleStates(all);
    return [states[0]?.state, roleFindings(all, states).map(({ cause, status }) => `${cause} ${status}`)];
  };

  it.each([
    ['trusts ECS tasks', trusting(ecs), ['ok', []]],
    [
      'trusts them among others',
      trusting({ Service: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'] }),
      ['ok', []],
    ],
    [
      'trusts another service',
      trusting({ Service: 'ec2.amazonaws.com' }),
      ['not-trusted', ['role-cannot-be-assumed confirmed']],
    ],
    [
      'trusts another account',
      trusting(ecs, { Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } }),
      ['not-trusted', ['role-cannot-be-assumed confirmed']],
    ],
    [
      'does not exist',
      read({ missing: true as const, name: 'api-execution' }),
      ['missing', ['role-cannot-be-assumed confirmed']],
    ],
    ['hangs on something', trusting(ecs, unknown), ['open', ['role-cannot-be-assumed open']]],
  ])('%s', (_, execution, expected) => {
    expect(stateOf(execution)).toEqual(expected);
  });

  it('that nobody can decide about is no finding where a task has started with it', () => {
    expect(stateOf(trusting(ecs, unknown), 30)).toEqual(['open', []]);
  });

  it.each<[string, object, object, unknown[]]>([
    ['that fetches a file is missed on EC2', files, { launch: 'ec2' }, ['role-cannot-be-assumed confirmed']],
    ['is not, where a task has started without it', files, { launch: 'ec2', runs: [{ minutes: 9 }] }, []],
    ['that pulls is not missed on EC2', pulls, { launch: 'ec2' }, []],
    ['that pulls is missed on Fargate', pulls, { launch: 'fargate' }, ['image-ecr-permission confirmed']],
    ['that logs is likely missed on Fargate', logs, { launch: 'fargate' }, ['role-cannot-be-assumed likely']],
    ['that logs is not missed on EC2', logs, { launch: 'ec2' }, []],
    [
      'that pulls is likely missed on instances that AWS manages',
      pulls,
      { launch: 'managed' },
      ['image-ecr-permission likely'],
    ],
  ])('%s', (_, container, more, expected) => {
    const definition = { executionRoleArn: undefined, containerDefinitions: [container] };
    const all = known({ definition, roles: { execution: undefined, task: undefined }, ...more });
    const found = roleFindings(all, roleStates(all));
    expect(found.map(({ cause, status }) => `${cause} ${status}`)).toEqual(expected);
  });

  it('of another path is another role, and the fix names the one that there is', () => {
    const { value } = trusting(ecs);
    const pathed = value.arn.replace('role/', 'role/team/');
    const all = known({ roles: { execution: read({ ...value, arn: pathed }), task: undefined } });
    const states = roleStates(all);
    expect(states[0]?.state).toBe('missing');
    const [found] = roleFindings(all, states);
    expect(found?.status).toBe('confirmed');
    expect(found?.fix?.cli).toContain(`.executionRoleArn = "${pathed}"`);
  });

  it('that is missing is created under the path that the task definition names', () => {
    const definition = { executionRoleArn: executionRoleArn.replace('role/', 'role/team/ecs/') };
    const missing = read({ missing: true as const, name: 'api-execution' });
    const all = known({ definition, roles: { execution: missing, task: undefined } });
    const [found] = roleFindings(all, roleStates(all));
    expect(found?.fix?.cli).toContain('--role-name api-execution --path /team/ecs/ ');
  });

  it.each([
    ['denies ECS', JSON.stringify({ Statement: [{ Effect: 'Deny', Principal: '*', Action: '*' }] })],
    ['cannot be read', '{'],
  ])('whose trust policy %s gets no command that writes over it', (_, trust) => {
    const execution = read({ ...trusting(ecs).value, trust });
    const all = known({ roles: { execution, task: undefined } });
    const [found] = roleFindings(all, roleStates(all));
    expect(found?.fix?.summary).toContain('api-execution');
    expect(found?.fix?.cli).toBeUndefined();
  });

  it('gets its trust beside what it trusts already', () => {
    const all = known({ roles: { execution: trusting({ Service: 'ec2.amazonaws.com' }), task: undefined } });
    const [found] = roleFindings(all, roleStates(all));
    expect(found?.fix?.cli).toContain('ec2.amazonaws.com');
    expect(found?.fix?.cli).toContain('ecs-tasks.amazonaws.com');
  });
});

describe('rights', () => {
  const judged = (more: Partial<JudgedRight> = {}): JudgedRight => ({
    right: {
      role: 'execution',
      kind: 'secret',
      action: 'secretsmanager:GetSecretValue',
      resource: secretArn,
      thing: 'prod/db',
      cause: 'secret-permission-denied',
      usedBy: ['DB of app'],
      context: {},
    },
    state: 'denied',
    certain: true,
    why: 'no policy of the role allows it',
    mend: 'role',
    ...more,
  });
  const other = judged();
  const parameter = {
    ...other,
    right: {
      ...other.right,
      kind: 'parameter' as const,
      action: 'ssm:GetParameters',
      resource: 'arn:aws:ssm:us-east-1:222222222222:parameter/a',
      cause: 'parameter-permission-denied',
    },
  };
  const of = (rights: JudgedRight[], minutes?: number) =>
    rightFindings(known({ rights, runs: minutes === undefined ? [] : [{ minutes }] }));

  it.each([
    ['allowed', judged({ state: 'allowed' }), undefined, []],
    ['not checked', judged({ state: 'not-checked' }), undefined, []],
    ['denied for certain', judged(), undefined, ['confirmed']],
    ['denied for certain, though tasks run', judged(), 60, ['confirmed']],
    ['as good as denied', judged({ certain: false }), undefined, ['likely']],
    ['as good as denied, but tasks run', judged({ certain: false }), 60, []],
    ['open', judged({ state: 'open', certain: false }), undefined, ['open']],
    ['open, but tasks run', judged({ state: 'open', certain: false }), 60, []],
  ])('%s', (_, right, minutes, expected) => {
    expect(of([right], minutes).map(({ status }) => status)).toEqual(expected);
  });

  it('on an image of another account are left to the check of the images where they are open', () => {
    const image = (account: string) =>
      judged({
        state: 'open',
        certain: false,
        right: {
          ...other.right,
          kind: 'image',
          resource: `arn:aws:ecr:us-east-1:${account}:repository/api`,
          cause: 'image-ecr-permission',
        },
      });
    expect(of([image('333333333333')])).toEqual([]);
    expect(of([image('222222222222')]).map(({ status }) => status)).toEqual(['open']);
  });

  it.each([
    ['a job that has ended since', [stopped(10, { taskDefinitionArn })], []],
    [
      'a job that has ended, before another could not start',
      [
        stopped(2, { taskDefinitionArn, startedAt: undefined, stopCode: 'TaskFailedToStart' }),
        stopped(10, { taskDefinitionArn }),
      ],
      ['likely', 'open'],
    ],
    ['a job of another revision', [stopped(10)], ['likely', 'open']],
  ])('are proven by %s', (_, stops, expected) => {
    const rights = [judged({ certain: false }), { ...parameter, state: 'open' as const, certain: false }];
    const found = rightFindings(known({ rights, tasks: tasksOf(stops) }));
    expect(found.map(({ status }) => status)).toEqual(expected);
  });

  it('that one role lacks are in every fix of that role, so that one change is enough', () => {
    const [first, second] = of([judged(), parameter]);
    expect(first?.fix?.policy).toContain('ssm:GetParameters');
    expect(second?.fix?.policy).toContain('secretsmanager:GetSecretValue');
  });

  it('that are denied by a statement are not mended by another one', () => {
    const [found] = of([judged({ mend: 'deny', why: 'an explicit deny in guard' })]);
    expect(found?.fix?.policy).toBeUndefined();
    expect(found?.fix?.summary).toContain('does not outweigh a deny');
  });
});

describe('a program without credentials', () => {
  const logs = [
    {
      container: 'app',
      task: '1',
      lines: [{ message: 'CredentialsProviderError: Could not load credentials from any providers' }],
    },
  ];
  it.each([
    ['on Fargate without a task role', known(), ['app-credentials-missing']],
    ['with a task role', known({ definition: { taskRoleArn: 'arn:aws:iam::222222222222:role/api' } }), []],
    ['on an instance, which has a role, too', known({ launch: 'ec2' }), []],
  ])('%s', (_, all, expected) => {
    expect(taskRoleFindings(all, logs).map(({ cause }) => cause)).toEqual(expected);
  });

  it.each([
    ['says nothing of them', 'ready', 0],
    [
      'tells that keys of its own may not',
      'AccessDenied: User: arn:aws:iam::222222222222:user/ci is not authorized to perform: s3:GetObject',
      0,
    ],
    ['tells that its token is old', 'ExpiredToken: The security token included in the request is expired', 0],
    ['tells so in the words of the older SDK', 'CredentialsError: Missing credentials in config', 1],
  ])('whose log %s', (_, message, count) => {
    const lines = [{ container: 'app', task: '1', lines: [{ message }] }];
    expect(taskRoleFindings(known(), lines)).toHaveLength(count);
  });
});
