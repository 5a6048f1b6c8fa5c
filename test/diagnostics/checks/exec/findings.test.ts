import { describe, expect, it } from 'vitest';
import { execFindings } from '#diagnostics/checks/exec/findings.ts';
import { roleSteps } from '#diagnostics/checks/exec/role-steps.ts';
import type { ExecAccess, ExecRight } from '#diagnostics/facts/exec-access.ts';
import { context, running } from '../facts.ts';

const workingArn = 'arn:aws:iam::222222222222:role/api-task';
const key = 'arn:aws:kms:us-east-1:222222222222:key/1';
const read = <Value>(value: Value) => ({ ok: true, value }) as const;
const simulated = (EvalActionName: string, EvalResourceName: string, more: object) =>
  read([{ EvalActionName, EvalResourceName, EvalDecision: 'implicitDeny' as const, ...more }]);

const denied = {
  EvalDecision: 'explicitDeny',
  MatchedStatements: [{ SourcePolicyId: 'guard' }],
} as const;
const bounded = { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } };

function channel(more: object): ExecRight {
  const action = 'ssmmessages:OpenDataChannel';
  return {
    purpose: 'open a session',
    actions: [action],
    resource: '*',
    said: simulated(action, '*', more),
  };
}

function ofKey(Effect: string, more: object): ExecRight {
  const statement = { Effect, Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' };
  return {
    purpose: 'decrypt it',
    actions: ['kms:Decrypt'],
    resource: key,
    said: simulated('kms:Decrypt', key, more),
    policy: read(JSON.stringify({ Statement: [statement] })),
    grants: read({ found: [], isWhole: true }),
  };
}

const withRight = (right: ExecRight): ExecAccess => ({
  taskRoleArn: workingArn,
  workingArn,
  rights: [right],
});

function withKey(state: string | undefined): ExecAccess {
  const found = state === undefined ? undefined : { arn: key, state, manager: 'CUSTOMER' };
  return { taskRoleArn: workingArn, rights: [], key: { id: 'alias/exec', state: read(found) } };
}

function fixOf(access: ExecAccess) {
  const task = running({ launchType: 'FARGATE' });
  const steps = roleSteps({ target: context.target, clusterArn: '', task, access });
  const seen = { target: context.target, now: context.scope.now, task, container: 'app' };
  return execFindings(steps, seen, access)[0]?.fix;
}

describe('what mends a session that a role may not open', () => {
  it.each<[string, ExecRight, RegExp, boolean]>([
    ['a statement that is missing', channel({}), /Allow ssmmessages:OpenDataChannel/, true],
    ['an explicit deny', channel(denied), /guard.* does not outweigh a deny/, false],
    ['a boundary', channel(bounded), /in the permissions boundary of api-task/, false],
    [
      'an explicit deny of the key',
      ofKey('Deny', { EvalDecision: 'allowed' }),
      /key policy.* outweigh/,
      false,
    ],
    ['an explicit deny on the key', ofKey('Allow', denied), /guard.* does not outweigh a deny/, false],
  ])('is, of %s, no more than fits', (_, right, summary, adds) => {
    const fix = fixOf(withRight(right));
    expect(fix?.summary).toMatch(summary);
    expect(fix?.policy !== undefined).toBe(adds);
    expect(/put-(?:role|key)-policy/.test(fix?.cli ?? '')).toBe(adds);
  });
});

describe('what mends the key that sessions are encrypted with', () => {
  const command = (operation: string) => `aws kms ${operation} --key-id ${key} --region us-east-1`;
  it.each([
    ['Disabled', command('enable-key')],
    ['PendingDeletion', `${command('cancel-key-deletion')}\n${command('enable-key')}`],
    ['PendingImport', undefined],
    [undefined, undefined],
  ])('fits its state, %s, and makes no log group', (state, cli) => {
    const fix = fixOf(withKey(state));
    expect(fix?.summary).toContain('alias/exec');
    expect(fix?.cli).toBe(cli);
  });
});
