import { describe, expect, it } from 'vitest';
import { execRights } from '#diagnostics/access/exec-rights.ts';
import { roleSteps } from '#diagnostics/checks/exec/role-steps.ts';
import type { ExecAccess } from '#diagnostics/facts/exec-access.ts';
import { context, running } from '../facts.ts';

const taskRoleArn = 'arn:aws:iam::222222222222:role/api-task';
const trust = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});
const role = (arn: string) =>
  ({ ok: true, value: { missing: false, name: 'api-task', arn, id: 'AROA', trust, tags: {} } }) as const;

function stepsOf(
  access: Partial<ExecAccess>,
  launchType: 'FARGATE' | 'EC2' | 'MANAGED_INSTANCES' = 'FARGATE',
) {
  const clusterArn = 'arn:aws:ecs:us-east-1:222222222222:cluster/prod';
  const steps = roleSteps({
    target: context.target,
    clusterArn,
    task: running({ launchType }),
    access: { rights: [], ...access },
  });
  return steps.map(({ state, cause }) => [state, cause]);
}

describe('the task role', () => {
  it.each([
    ['is none on Fargate', {}, 'FARGATE', [['blocked', 'exec-task-role-missing']]],
    ['is none on an instance', {}, 'EC2', [['open', undefined]]],
    ['is none on an instance that AWS manages', {}, 'MANAGED_INSTANCES', [['open', undefined]]],
    ['trusts ECS', { taskRoleArn, role: role(taskRoleArn) }, 'FARGATE', [['ok', undefined]]],
    [
      'has another path than the one that is named',
      { taskRoleArn, role: role('arn:aws:iam::222222222222:role/team/api-task') },
      'FARGATE',
      [['blocked', 'exec-task-role-missing']],
    ],
  ] as const)('%s', (_, access, launchType, expected) => {
    expect(stepsOf(access, launchType)).toEqual(expected);
  });
});

describe('the right to log a session', () => {
  it('is asked for a stream, which policies name in more than one way, and granted for all', () => {
    const settings = { logging: 'OVERRIDE', logConfiguration: { cloudWatchLogGroupName: '/exec' } } as const;
    const place = { account: '222222222222', region: 'us-east-1', partition: 'aws' };
    const right = execRights(settings, place).find(({ actions }) => actions.includes('logs:PutLogEvents'));
    const group = 'arn:aws:logs:us-east-1:222222222222:log-group:/exec';
    expect(right?.resource).toMatch(new RegExp(`^${group}:log-stream:[a-z0-9-]+$`));
    expect(right?.granted).toBe(`${group}:*`);
  });
});

describe('the key that sessions are encrypted with', () => {
  const resource = 'arn:aws:kms:us-east-1:222222222222:key/1';
  const policyFor = (principal: object, effect = 'Allow') =>
    JSON.stringify({ Statement: [{ Effect: effect, Principal: principal, Action: 'kms:*', Resource: '*' }] });
  const root = { AWS: 'arn:aws:iam::222222222222:root' };
  const ok = <Value>(value: Value) => ({ ok: true, value }) as const;
  const none = ok({ found: [], isWhole: true });

  it.each<[string, string, string, object, unknown[]]>([
    ['whose policy leaves it to IAM, which allows', 'allowed', policyFor(root), {}, ['ok', undefined]],
    [
      'whose policy names another',
      'allowed',
      policyFor({ AWS: 'AROAOTHER' }),
      { grants: none },
      ['blocked', 'exec-role-denied'],
    ],
    [
      'whose policy names another, and its grants were not read',
      'allowed',
      policyFor({ AWS: 'AROAOTHER' }),
      {},
      ['open', undefined],
    ],
    ['whose policy denies', 'allowed', policyFor({ AWS: '*' }, 'Deny'), {}, ['blocked', 'exec-role-denied']],
    [
      'that IAM does not allow, nor a grant',
      'implicitDeny',
      policyFor(root),
      { grants: none },
      ['blocked', 'exec-role-denied'],
    ],
  ])('%s', (_, EvalDecision, policy, more, expected) => {
    const said = ok([
      { EvalActionName: 'kms:Decrypt', EvalResourceName: resource, EvalDecision: EvalDecision as 'allowed' },
    ]);
    const right = {
      purpose: 'decrypt it',
      actions: ['kms:Decrypt'],
      resource,
      said,
      policy: ok(policy),
      ...more,
    };
    const access = { taskRoleArn, role: role(taskRoleArn), workingArn: taskRoleArn, rights: [right] };
    expect(stepsOf(access).at(-1)).toEqual(expected);
  });
});

describe('the log of sessions', () => {
  const found = (value: object | undefined) => ({ ok: true, value }) as const;
  it.each<[string, object | undefined, boolean, unknown[]]>([
    ['is there', { logGroupName: '/exec' }, false, ['ok', undefined]],
    ['is not', undefined, false, ['blocked', 'exec-session-log-missing']],
    ['is to be encrypted, and is', { kmsKeyId: 'arn:x' }, true, ['ok', undefined]],
    [
      'is to be encrypted, and is not',
      { logGroupName: '/exec' },
      true,
      ['blocked', 'exec-session-log-missing'],
    ],
  ])('%s', (_, group, mustBeEncrypted, expected) => {
    const access = {
      taskRoleArn,
      role: role(taskRoleArn),
      group: { name: '/exec', found: found(group), mustBeEncrypted },
    };
    expect(stepsOf(access).at(-1)).toEqual(expected);
  });
});
