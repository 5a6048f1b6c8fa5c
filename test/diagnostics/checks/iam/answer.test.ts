import { describe, expect, it } from 'vitest';
import type { JudgedRight } from '#diagnostics/access/judge-right.ts';
import { accessAnswer } from '#diagnostics/checks/iam/access-answer.ts';
import { rightFindings } from '#diagnostics/checks/iam/right-findings.ts';
import type { RoleState } from '#diagnostics/checks/iam/role-findings.ts';
import { executionRoleArn, known } from './known.ts';

const states: RoleState[] = [
  { role: 'execution', arn: executionRoleArn, state: 'ok' },
  { role: 'task', state: 'none' },
];
const right = (
  kind: JudgedRight['right']['kind'],
  action: string,
  more: Partial<JudgedRight> = {},
  by?: JudgedRight['right']['by'],
): JudgedRight => ({
  right: {
    role: 'execution',
    kind,
    action,
    resource: `arn:aws:x:::${kind}`,
    thing: kind === 'file' ? 'acme-config/api.env' : 'acme-config',
    cause: 'env-file-unreadable',
    usedBy: [],
    context: {},
    ...(by && { by }),
  },
  state: 'allowed',
  certain: true,
  why: 'allowed by p',
  mend: 'none',
  ...more,
});
const half = { state: 'open', certain: false, half: true } as const;
const files = [right('file', 's3:GetObject', half), right('bucket', 's3:GetBucketLocation', half)];

describe('files whose bucket was not looked at', () => {
  it('are no fault, and nothing that is called fine before a task has started with them', () => {
    const all = known({ rights: files });
    expect(rightFindings(all)).toEqual([]);
    const { state, headline } = accessAnswer(all, states);
    expect(state).toBe('unknown');
    expect(headline).toMatch(/may fetch 1 file from S3; could not tell whether acme-config lets it in/);
  });

  it('are proven by a task that has started', () => {
    const { state, headline } = accessAnswer(known({ rights: files, runs: [{ minutes: 20 }] }), states);
    expect(state).toBe('healthy');
    expect(headline).toContain('2 of 2 rights cannot be decided from outside, and 1 task of api:7 started');
  });
});

it('names the role of the instances that acts without an execution role', () => {
  const by = { arn: 'arn:aws:iam::222222222222:role/ecsInstanceRole' };
  const rights = [right('stream', 'logs:PutLogEvents', {}, by)];
  const without: RoleState[] = [
    { role: 'execution', state: 'none', why: 'none is set, so that the role of the instance is used' },
    { role: 'task', state: 'none' },
  ];
  const { state, headline } = accessAnswer(known({ rights, launch: 'ec2' }), without);
  expect([state, headline]).toEqual([
    'healthy',
    'it has no execution role, and that of its instances, ecsInstanceRole, may write its log group',
  ]);
});

it.each([
  ['ec2', 'it has no execution role and works with that of the instance'],
  ['fargate', 'it has no execution role and needs none'],
  ['unknown', 'it has no execution role; whether it needs one hangs on where its tasks run'],
] as const)('says of a definition without an execution role on %s what it is like', (launch, expected) => {
  const without: RoleState[] = [
    { role: 'execution', state: 'none', why: 'none is set' },
    { role: 'task', state: 'none' },
  ];
  expect(accessAnswer(known({ rights: [], launch }), without).headline).toBe(expected);
});
