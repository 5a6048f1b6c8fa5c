import type { EvaluationResult } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import {
  identityDecision,
  readSimulation,
  type SimulationReading,
} from '#diagnostics/policy/read-simulation.ts';

const action = 'secretsmanager:GetSecretValue';
const secret = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:db-AbCdEf';

function result(
  decision: EvaluationResult['EvalDecision'],
  more: Partial<EvaluationResult> = {},
): EvaluationResult {
  return {
    EvalActionName: action,
    EvalResourceName: '*',
    EvalDecision: decision,
    MatchedStatements: [],
    MissingContextValues: [],
    OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    ...more,
  };
}

const matched = { MatchedStatements: [{ SourcePolicyId: 'guard' }, { SourcePolicyId: 'guard' }] };
const outside = { OrganizationsDecisionDetail: { AllowedByOrganizations: false } };
const bounded = { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } };
const lacking = { MissingContextValues: ['aws:SourceVpce'] };

describe('the answer for all resources', () => {
  it.each<[SimulationReading['answer'], EvaluationResult]>([
    ['allowed', result('allowed', matched)],
    ['denied', result('explicitDeny', matched)],
    ['open', result('explicitDeny', { ...matched, ...lacking })],
    ['open', result('explicitDeny', lacking)],
    ['open', result('explicitDeny')],
    ['open', result('explicitDeny', outside)],
    ['denied', result('explicitDeny', { ...matched, ...outside })],
    ['denied', result('explicitDeny', { ...matched, ...bounded })],
    ['boundary', result('explicitDeny', bounded)],
    ['open', result('explicitDeny', { ...bounded, ...lacking })],
    ['missing', result('implicitDeny')],
    ['missing', result('implicitDeny', { OrganizationsDecisionDetail: undefined })],
    ['open', result('implicitDeny', lacking)],
    ['open', result('implicitDeny', outside)],
    ['open', result('implicitDeny', { ...outside, ...matched })],
    ['boundary', result('implicitDeny', { ...bounded, ...matched })],
    ['boundary', result('implicitDeny', { ...bounded, ...outside })],
    ['open', result('implicitDeny', { ...outside, ...lacking })],
    [
      'missing',
      result('implicitDeny', { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true } }),
    ],
    ['open', result('implicitDeny', { ...bounded, ...lacking })],
    ['open', result('perhaps' as 'allowed')],
  ])('is %s', (answer, one) => {
    expect(readSimulation([one], action, '*').answer).toBe(answer);
  });

  it('names the keys that it misses', () => {
    expect(readSimulation([result('implicitDeny', lacking)], action, '*')).toMatchObject({
      missingContext: ['aws:SourceVpce'],
      why: expect.stringContaining('aws:SourceVpce'),
    });
  });

  it('names the policy that denies all that does not come from an endpoint', () => {
    const one = result('explicitDeny', { ...matched, ...lacking });
    expect(readSimulation([one], action, '*')).toEqual({
      answer: 'open',
      why: 'guard may deny it, by aws:SourceVpce, which cannot be known from outside',
      missingContext: ['aws:SourceVpce'],
    });
  });

  it('names each policy that denies once', () => {
    expect(readSimulation([result('explicitDeny', matched)], action, '*')).toEqual({
      answer: 'denied',
      policies: ['guard'],
    });
  });
});

describe('the answer for one resource', () => {
  const other = secret.replace('db', 'other');
  const both = result('implicitDeny', {
    ResourceSpecificResults: [
      {
        EvalResourceName: secret,
        EvalResourceDecision: 'allowed',
        MatchedStatements: [{ SourcePolicyId: 'app' }],
      },
      { EvalResourceName: other, EvalResourceDecision: 'implicitDeny', MissingContextValues: ['aws:X'] },
    ],
  });

  it('stands beside the sum of all', () => {
    expect(readSimulation([both], action, secret)).toEqual({ answer: 'allowed', policies: ['app'] });
    expect(readSimulation([both], action, other)).toMatchObject({
      answer: 'open',
      missingContext: ['aws:X'],
    });
  });

  it('is refused by the organization, which is said of the sum alone', () => {
    const [, refused] = both.ResourceSpecificResults ?? [];
    const results = [
      {
        ...both,
        ...outside,
        ResourceSpecificResults: refused ? [{ ...refused, MissingContextValues: [] }] : [],
      },
    ];
    expect(readSimulation(results, action, other).answer).toBe('open');
  });

  it('is read from the older form of a result for each', () => {
    const older = [
      result('implicitDeny', { EvalResourceName: other }),
      result('allowed', { EvalResourceName: secret }),
    ];
    expect(readSimulation(older, action, secret).answer).toBe('allowed');
    expect(readSimulation(older.slice(0, 1), action, other).answer).toBe('missing');
  });

  it.each<[string, EvaluationResult[], string]>([
    ['of another action', [result('allowed')], 's3:GetObject'],
    ['of another resource', [both], action],
    ['that is the worst of many', [result('implicitDeny')], action],
  ])('is not taken from an answer %s', (_what, results, asked) => {
    expect(readSimulation(results, asked, `${secret}2`).answer).toBe('open');
  });
});

describe('a reading as a side of a judgement', () => {
  it.each<[SimulationReading, object]>([
    [
      { answer: 'allowed', policies: ['app'] },
      { answer: 'allowed', by: { policy: 'app' }, delegates: false },
    ],
    [
      { answer: 'denied', policies: [] },
      { answer: 'denied', by: { policy: 'a policy of the role' } },
    ],
    [{ answer: 'boundary' }, { answer: 'denied', by: { policy: 'the permissions boundary' } }],
    [{ answer: 'missing' }, { answer: 'none' }],
    [
      { answer: 'open', why: 'w', missingContext: ['aws:X'] },
      { answer: 'open', undecided: [{ because: [{ what: 'key', name: 'aws:X' }] }] },
    ],
    [{ answer: 'open', why: 'w', missingContext: [] }, { undecided: [{ because: [{ name: 'w' }] }] }],
  ])('of %j', (reading, expected) => {
    expect(identityDecision(reading)).toMatchObject(expected);
  });
});
