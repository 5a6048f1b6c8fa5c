import { describe, expect, it } from 'vitest';
import { iam } from '#diagnostics/checks/iam.ts';
import { image } from '#diagnostics/checks/image.ts';
import { FactFailure } from '#diagnostics/fact.ts';
import { context, definition, tasksOf } from './facts.ts';

const failure = new FactFailure('no time was left', 'Timeout');
const denied = new FactFailure('denied', 'AccessDenied', 'iam:SimulatePrincipalPolicy');
const judgedRevision = {
  definition: definition(1),
  home: { partition: 'aws', region: 'us-east-1', account: '222222222222' },
  compute: 'fargate' as const,
  launch: 'fargate' as const,
  current: true,
};
const ok = <Value>(value: Value) => ({ ok: true, value }) as const;
const come = {
  judgedRevision,
  accessRoles: ok({ execution: undefined, task: undefined }),
  neededSecrets: ok({ secrets: {}, parameters: {} }),
  neededPlaces: ok({ groups: [], volumes: [], subnets: [] }),
  roleRights: ok([]),
  tasks: ok(tasksOf([])),
  crashLogs: ok([]),
  hostMetadata: ok([]),
};

describe('what did not come is not called right', () => {
  it('where everything came and nothing is needed, it is', () => {
    expect(iam.judge(come, context).answer?.state).toBe('healthy');
  });

  it.each(['accessRoles', 'neededSecrets', 'neededPlaces', 'roleRights'] as const)('%s', (fact) => {
    const facts = { ...come, [fact]: { ok: false, failure } };
    expect(iam.judge(facts, context).answer?.state).toBe('unknown');
  });

  it('with the right that is missing for it', () => {
    const facts = { ...come, roleRights: { ok: false as const, failure: denied } };
    expect(iam.judge(facts, context).answer?.headline).toContain('iam:SimulatePrincipalPolicy');
  });

  it('nor are images', () => {
    const facts = { judgedRevision, imageStates: { ok: false as const, failure } };
    expect(image.judge(facts, context).answer?.state).toBe('unknown');
  });
});
