import { describe, expect, it } from 'vitest';
import { judgeRight } from '#diagnostics/access/judge-right.ts';
import type { Right, RightKind } from '#diagnostics/access/right.ts';
import type { RightReading } from '#diagnostics/facts/access/right-readings.ts';
import type { Read } from '#diagnostics/facts/read.ts';
import type { SimulationReading } from '#diagnostics/policy/read-simulation.ts';

const account = '222222222222';
const roleArn = `arn:aws:iam::${account}:role/api-execution`;
const actions: Partial<Record<RightKind, [action: string, resource: string]>> = {
  secret: ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-east-1:${account}:secret:a-q8Zt3K`],
  parameter: ['ssm:GetParameters', `arn:aws:ssm:us-east-1:${account}:parameter/a`],
  key: ['kms:Decrypt', `arn:aws:kms:us-east-1:${account}:key/1`],
  file: ['s3:GetObject', 'arn:aws:s3:::b/k'],
  mount: ['elasticfilesystem:ClientMount', `arn:aws:elasticfilesystem:us-east-1:${account}:file-system/fs-1`],
};

function right(kind: RightKind, more: Partial<Right> = {}): Right {
  const [action, resource] = actions[kind] ?? ['x:Y', '*'];
  return {
    role: 'execution',
    kind,
    action,
    resource,
    thing: 'it',
    cause: 'c',
    usedBy: [],
    context: {},
    ...more,
  };
}

function judged(
  of: Right,
  reading: SimulationReading,
  policy?: RightReading['policy'] | string,
  on?: Read<string | undefined>,
  grants: RightReading['grants'] = noGrants,
) {
  const given = typeof policy === 'string' ? ({ ok: true, value: policy } as const) : policy;
  const { state, certain, mend } = judgeRight(
    {
      right: of,
      reading: { ok: true, value: reading },
      ...(given && { policy: given }),
      ...(grants && { grants }),
    },
    { account, roleArn, policyOf: () => on },
  );
  return [state, certain, mend];
}

const noGrants: RightReading['grants'] = { ok: true, value: { found: [], isWhole: true } };
const allowed: SimulationReading = { answer: 'allowed', policies: ['p'] };
const missing: SimulationReading = { answer: 'missing' };
const open: SimulationReading = {
  answer: 'open',
  why: 'it depends on aws:SourceVpce',
  missingContext: ['aws:SourceVpce'],
};
const policyFor = (principal: unknown, more: object = {}) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: principal, Action: '*', Resource: '*', ...more }],
  });
const delegating = policyFor({ AWS: `arn:aws:iam::${account}:root` });
const naming = policyFor({ AWS: roleArn });
const others = policyFor({ AWS: `arn:aws:iam::${account}:role/other` });
const hanging = policyFor({ AWS: roleArn }, { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } });
const read = <Value>(value: Value) => ({ ok: true, value }) as const;
const refused = {
  ok: false,
  notChecked: { check: 'x', missing: 'kms:GetKeyPolicy', reason: 'AccessDenied' },
} as const;

describe('what the simulation says by itself', () => {
  it.each<[string, SimulationReading, unknown[]]>([
    ['an explicit deny', { answer: 'denied', policies: ['guard'] }, ['denied', true, 'deny']],
    ['a boundary', { answer: 'boundary' }, ['denied', true, 'boundary']],
    ['an allow', allowed, ['allowed', true, 'none']],
    ['a condition that nobody knows', open, ['open', false, 'none']],
  ])('%s', (_, reading, expected) => {
    expect(judged(right('parameter'), reading)).toEqual(expected);
  });

  it.each([
    ['parameter', true],
    ['login', true],
    ['secret', false],
    ['file', false],
    ['stream', false],
    ['image', false],
  ] as const)('a missing allow on a %s is certain: %s', (kind, certain) => {
    expect(judged(right(kind), missing)).toEqual(['denied', certain, 'role']);
  });

  it('what could not be simulated is not checked, and says which action is missing', () => {
    const notChecked = { check: 'x', missing: 'iam:SimulatePrincipalPolicy', reason: 'AccessDenied' };
    const said = judgeRight(
      { right: right('secret'), reading: { ok: false, notChecked } },
      { account, roleArn, policyOf: () => undefined },
    );
    expect(said).toMatchObject({ state: 'not-checked', notChecked });
  });
});

describe('a file in S3, whose bucket is not read', () => {
  it.each<[RightKind, SimulationReading, unknown[]]>([
    ['file', allowed, ['open', false, 'none']],
    ['bucket', allowed, ['open', false, 'none']],
    ['file', missing, ['denied', false, 'role']],
    ['file', { answer: 'denied', policies: ['guard'] }, ['denied', true, 'deny']],
  ])('%s', (kind, reading, expected) => {
    expect(judged(right(kind), reading)).toEqual(expected);
  });
});

describe('a role that an agent on an instance may do without', () => {
  it.each<[RightKind, SimulationReading, string]>([
    ['login', missing, 'open'],
    ['image', { answer: 'denied', policies: ['guard'] }, 'open'],
    ['image', allowed, 'allowed'],
    ['parameter', missing, 'denied'],
  ])('%s', (kind, value, state) => {
    const reading = { ok: true, value } as const;
    const grounds = { account, roleArn, onInstance: true, policyOf: () => undefined };
    expect(judgeRight({ right: right(kind), reading }, grounds).state).toBe(state);
  });
});

describe('the policy of a secret', () => {
  it.each([
    ['names the role', naming, ['allowed', true, 'none']],
    ['leaves it to IAM', delegating, ['denied', true, 'role']],
    ['names another', others, ['denied', true, 'role']],
    ['hangs on something', hanging, ['open', false, 'none']],
  ])('%s', (_, policy, expected) => {
    expect(judged(right('secret'), missing, policy)).toEqual(expected);
  });

  it('where it has none, the missing allow is certain', () => {
    expect(judged(right('secret'), missing, read(undefined))).toEqual(['denied', true, 'role']);
  });

  it('where it could not be read, it is not', () => {
    expect(judged(right('secret'), missing, refused)).toEqual(['denied', false, 'role']);
  });

  it('across accounts both sides have to allow, and the other is not seen', () => {
    const foreign = right('secret', {
      resource: 'arn:aws:secretsmanager:us-east-1:333333333333:secret:a-q8Zt3K',
    });
    expect(judged(foreign, allowed)).toEqual(['open', false, 'none']);
    expect(judged(foreign, missing)).toEqual(['denied', true, 'role']);
  });
});

describe('the policy of a key', () => {
  it.each([
    ['leaves it to IAM, which allows', delegating, allowed, ['allowed', true, 'none']],
    ['leaves it to IAM, which does not', delegating, missing, ['denied', true, 'role']],
    ['names the role', naming, missing, ['allowed', true, 'none']],
    ['names another, whatever IAM allows', others, allowed, ['denied', true, 'resource']],
    ['hangs on something', hanging, allowed, ['open', false, 'none']],
  ])('%s', (_, policy, reading, expected) => {
    expect(judged(right('key'), reading, undefined, read(policy))).toEqual(expected);
  });

  const held = (more: object) =>
    read({
      found: [{ GrantId: 'g', GranteePrincipal: roleArn, Operations: ['Decrypt' as const], ...more }],
      isWhole: true,
    });
  const denies = policyFor('*', { Effect: 'Deny' });
  it.each<[string, string, SimulationReading, RightReading['grants'], unknown[]]>([
    ['allows beside IAM', delegating, missing, held({}), ['allowed', true, 'none']],
    ['allows beside a policy that does not', others, allowed, held({}), ['allowed', true, 'none']],
    ['allows where the policy hangs on something', hanging, missing, held({}), ['allowed', true, 'none']],
    ['allows where IAM hangs on something', delegating, open, held({}), ['allowed', true, 'none']],
    [
      'gives nothing back that the policy denies',
      denies,
      allowed,
      held({}),
      ['denied', true, 'resource-deny'],
    ],
    ['is another’s', others, allowed, held({ GranteePrincipal: 'AROA' }), ['denied', true, 'resource']],
    [
      'may be the role’s',
      others,
      allowed,
      held({ GranteePrincipal: `arn:aws:iam::${account}:root` }),
      ['open', false, 'none'],
    ],
    ['could not be looked for', others, allowed, refused, ['open', false, 'none']],
  ])('a grant that %s', (_, policy, reading, grants, expected) => {
    expect(judged(right('key'), reading, undefined, read(policy), grants)).toEqual(expected);
  });

  it('where it could not be read, an allow of IAM is not enough', () => {
    expect(judged(right('key'), allowed, undefined, refused)).toEqual(['not-checked', false, 'none']);
    expect(judged(right('key'), missing, undefined, refused)).toEqual(['open', false, 'none']);
  });
});

describe('the policy of a file system', () => {
  const denying = JSON.stringify({
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 'elasticfilesystem:ClientMount', Resource: '*' }],
  });
  it.each([
    ['is none, so that every client may mount', undefined, missing, ['allowed', true, 'none']],
    ['names the role', naming, missing, ['allowed', true, 'none']],
    ['names another, and IAM does not allow', others, missing, ['denied', true, 'role']],
    ['names another, and IAM allows', others, allowed, ['allowed', true, 'none']],
    ['denies', denying, allowed, ['denied', true, 'resource-deny']],
    ['hangs on something, and IAM allows', hanging, allowed, ['allowed', true, 'none']],
    ['hangs on something, and IAM does not', hanging, missing, ['open', false, 'none']],
  ])('%s', (_, policy, reading, expected) => {
    expect(judged(right('mount', { role: 'task' }), reading, undefined, read(policy))).toEqual(expected);
  });

  it.each([
    ['names somebody, and no role is shown to it', naming, 'open'],
    ['is none, whoever mounts', undefined, 'allowed'],
  ])('%s', (_, policy, state) => {
    const value: SimulationReading = { answer: 'open', why: 'no task role', missingContext: [] };
    const reading = { ok: true, value } as const;
    const grounds = { account, roleArn: '', policyOf: () => read(policy) };
    expect(judgeRight({ right: right('mount', { role: 'task' }), reading }, grounds).state).toBe(state);
  });
});
