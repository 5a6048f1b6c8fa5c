import { describe, expect, it } from 'vitest';
import { roleSteps } from '#diagnostics/checks/exec/role-steps.ts';
import { type ExecAccess, execRights } from '#diagnostics/facts/exec-access.ts';
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
