import { describe, expect, it } from 'vitest';
import { rightFindings } from '#diagnostics/checks/image/right-findings.ts';
import type { Launch } from '#diagnostics/facts/access/judged-revision.ts';
import type { ImageFacts } from '#diagnostics/facts/image/image-states.ts';
import type { RepositoryPolicy } from '#diagnostics/facts/image/repository.ts';
import type { SimulationReading } from '#diagnostics/policy/read-simulation.ts';
import { executionRoleArn, known, read } from './known.ts';

const own = '222222222222';
const central = '444444444444';
const allowed: SimulationReading = { answer: 'allowed', policies: ['pull'] };
const missing: SimulationReading = { answer: 'missing' };
const unread = {
  ok: false,
  notChecked: { check: 'x', missing: 'ecr:GetRepositoryPolicy', reason: 'AccessDenied' },
} as const;

function right(owner: string, reading: SimulationReading, action = 'ecr:BatchGetImage') {
  return {
    right: {
      role: 'execution' as const,
      kind: action === 'ecr:GetAuthorizationToken' ? ('login' as const) : ('image' as const),
      action,
      resource:
        action === 'ecr:GetAuthorizationToken' ? '*' : `arn:aws:ecr:us-east-1:${owner}:repository/shop/api`,
      thing: 'shop/api',
      cause: 'image-ecr-permission',
      usedBy: [],
      context: {},
    },
    reading: read(reading),
  };
}

function policy(Effect: string, Principal: object | string, Condition?: object): RepositoryPolicy {
  const statement = { Effect, Principal, Action: 'ecr:*', ...(Condition && { Condition }) };
  return { state: 'policy', text: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) };
}

const none: RepositoryPolicy = { state: 'none' };
const root = { AWS: `arn:aws:iam::${own}:root` };
const organization = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };

interface Given {
  owner?: string;
  said?: SimulationReading;
  policy?: RepositoryPolicy | typeof unread;
  launch?: Launch;
  bare?: boolean;
  causes?: string[];
  facts?: Partial<ImageFacts>;
}

function given({ owner = own, said = allowed, policy: of = none, facts, ...rest }: Given) {
  return known({
    owner,
    ...rest,
    facts: {
      rights: [right(owner, said)],
      policy: 'ok' in of ? of : read(of),
      ...facts,
    },
  });
}

describe('whether the role that pulls may', () => {
  it.each<[string, Given, [string, string][]]>([
    ['may in its own account', {}, []],
    ['lacks the right', { said: missing }, [['image-ecr-permission', 'confirmed']]],
    [
      'lacks it now, and has pulled',
      { said: missing, facts: { pulled: true } },
      [['image-ecr-permission', 'likely']],
    ],
    [
      'is denied it now, and has pulled',
      { said: { answer: 'denied', policies: ['guard'] }, facts: { pulled: true } },
      [['image-ecr-permission', 'confirmed']],
    ],
    [
      'is admitted by the repository alone',
      { said: missing, policy: policy('Allow', { AWS: executionRoleArn }) },
      [],
    ],
    [
      'is denied by the repository',
      { policy: policy('Deny', { AWS: executionRoleArn }) },
      [['image-ecr-repo-policy', 'confirmed']],
    ],
    [
      'may be denied by the repository, by an organization that nobody knows',
      { policy: policy('Deny', '*', organization) },
      [['image-ecr-permission', 'open']],
    ],
    [
      'may be denied so, and has pulled it',
      { policy: policy('Deny', '*', organization), facts: { pulled: true } },
      [],
    ],
    [
      'is not known where the simulation was refused',
      { facts: { rights: [{ ...right(own, allowed), reading: unread }] } },
      [],
    ],
    ['is admitted by the other account', { owner: central, policy: policy('Allow', root) }, []],
    [
      'lacks the right there, too',
      { owner: central, said: missing, policy: policy('Allow', root) },
      [['image-ecr-permission', 'confirmed']],
    ],
    [
      'may still be named by the policy of the registry',
      { owner: central },
      [['image-ecr-repo-policy', 'likely']],
    ],
    [
      'was refused by it',
      { owner: central, causes: ['image-registry-auth'] },
      [['image-ecr-repo-policy', 'confirmed']],
    ],
    [
      'is denied by the other account',
      { owner: central, policy: policy('Deny', '*') },
      [['image-ecr-repo-policy', 'confirmed']],
    ],
    [
      'lacks the right there now, and has pulled, which no policy of that account gives back',
      { owner: central, said: missing, policy: policy('Allow', root), facts: { pulled: true } },
      [['image-ecr-permission', 'confirmed']],
    ],
    ['has pulled from it', { owner: central, facts: { pulled: true } }, []],
    [
      'may be admitted by its organization',
      { owner: central, policy: policy('Allow', '*', organization) },
      [['image-ecr-repo-policy', 'open']],
    ],
    [
      'may be admitted by a policy that is not shown',
      { owner: central, policy: { state: 'hidden' } },
      [['image-ecr-repo-policy', 'open']],
    ],
    [
      'may be admitted by a policy that was not read',
      { owner: central, policy: unread },
      [['image-ecr-repo-policy', 'open']],
    ],
    [
      'works on an instance, whose own role may pull',
      { owner: central, launch: 'ec2' },
      [['image-ecr-repo-policy', 'open']],
    ],
    [
      'works on an instance, whose own role may pull what it lacks the right to',
      { said: missing, launch: 'ec2' },
      [['image-ecr-permission', 'open']],
    ],
    [
      'lacks the right on an instance that AWS manages, whose role has no part in it',
      { said: missing, launch: 'managed' },
      [['image-ecr-permission', 'confirmed']],
    ],
    [
      'lacks it on a machine elsewhere',
      { said: missing, launch: 'external' },
      [['image-ecr-permission', 'confirmed']],
    ],
    ['is none on Fargate', { bare: true, facts: { rights: [] } }, [['image-ecr-permission', 'confirmed']]],
    [
      'is none on an instance that AWS manages',
      { bare: true, launch: 'managed', facts: { rights: [] } },
      [['image-ecr-permission', 'likely']],
    ],
    [
      'is none on a machine elsewhere',
      { bare: true, launch: 'external', facts: { rights: [] } },
      [['image-ecr-permission', 'likely']],
    ],
    [
      'is none on a machine elsewhere, and something has pulled',
      { bare: true, launch: 'external', facts: { rights: [], pulled: true } },
      [],
    ],
    [
      'is none on an instance, and nothing is known of its role',
      { bare: true, launch: 'ec2', facts: { rights: [] } },
      [],
    ],
  ])('it %s', (_, of, expected) => {
    expect(rightFindings(given(of)).map(({ cause, status }) => [cause, status])).toEqual(expected);
  });

  it('tells the login apart from the image', () => {
    const rights = [right(own, missing, 'ecr:GetAuthorizationToken'), right(own, missing)];
    const found = rightFindings(given({ facts: { rights } }));
    expect(found.map(({ cause }) => cause)).toEqual(['ecr-auth-permission-denied', 'image-ecr-permission']);
  });

  it('gives the statement that the repository lacks, for the role and its account', () => {
    const [found] = rightFindings(given({ owner: central }));
    expect(found?.fix?.policy).toContain(executionRoleArn);
    expect(found?.fix?.cli).toContain(`--registry-id ${central} --repository-name shop/api`);
  });

  it('is bounded where a boundary lacks it', () => {
    const [found] = rightFindings(given({ said: { answer: 'boundary' } }));
    expect(found?.fix?.summary).toMatch(/^Allow ecr:BatchGetImage on shop\/api in the permissions boundary/);
  });
});
