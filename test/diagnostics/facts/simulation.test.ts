import type { SimulatePrincipalPolicyRequest } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { simulation, simulationKey } from '#diagnostics/facts/simulation.ts';
import { factKey } from '#diagnostics/snapshot.ts';
import { context } from '../checks/facts.ts';

const roleArn = 'arn:aws:iam::222222222222:role/app';

it('is one fact however the question is put', () => {
  const one = simulationKey({
    roleArn,
    actions: ['s3:GetObject', 'kms:Decrypt'],
    resources: ['b', 'a'],
    context: { 'aws:Z': ['2', '1'], 'aws:SecureTransport': 'true' },
  });
  const other = simulationKey({
    roleArn,
    actions: ['kms:Decrypt', 's3:GetObject', 'kms:Decrypt'],
    resources: ['a', 'b', 'a'],
    context: { 'aws:SecureTransport': 'true', 'aws:Z': ['1', '2'] },
  });
  expect(factKey('simulation', one)).toBe(factKey('simulation', other));
  expect(factKey('simulation', simulationKey({ roleArn, actions: ['a:b'] }))).toBe(
    factKey('simulation', simulationKey({ roleArn, actions: ['a:b'], resources: ['*'] })),
  );
});

it('gives each key the type that IAM compares it by', () => {
  const key = simulationKey({
    roleArn,
    actions: ['a:b'],
    context: {
      'aws:SecureTransport': 'true',
      'aws:PrincipalTag/on': 'true',
      'aws:SourceIp': '10.0.0.1',
      many: ['a'],
    },
  });
  expect(key.context.map(({ ContextKeyName, ContextKeyType }) => [ContextKeyName, ContextKeyType])).toEqual([
    ['aws:PrincipalTag/on', 'string'],
    ['aws:SecureTransport', 'boolean'],
    ['aws:SourceIp', 'ip'],
    ['many', 'stringList'],
  ]);
});

it('reads all pages, and no more of them than a few', async () => {
  const asked: SimulatePrincipalPolicyRequest[] = [];
  const load = (pages: number) => {
    asked.length = 0;
    const simulatePrincipalPolicy = async (input: SimulatePrincipalPolicyRequest) => {
      asked.push(input);
      const IsTruncated = asked.length < pages;
      return {
        EvaluationResults: [{ EvalActionName: `a:${asked.length}` }],
        IsTruncated,
        Marker: IsTruncated ? `page ${asked.length + 1}` : undefined,
      };
    };
    const given = { ...context, aws: { iam: { simulatePrincipalPolicy } } } as unknown as FactContext;
    return simulation.load(given, simulationKey({ roleArn, actions: ['a:1', 'a:2'] }));
  };
  expect(await load(2)).toHaveLength(2);
  expect(asked.map(({ Marker }) => Marker)).toEqual([undefined, 'page 2']);
  await load(50);
  expect(asked.length).toBeLessThanOrEqual(5);
});
