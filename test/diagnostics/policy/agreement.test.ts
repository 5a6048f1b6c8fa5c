import { expect, it } from 'vitest';
import { evaluatePolicies } from '#diagnostics/policy/evaluate.ts';
import type { Decision, PolicyRequest, Requester } from '#diagnostics/policy/types.ts';
import { fc } from '#test/property.ts';
import { actions, callers, facts, keys, resources, service, statement } from './arbitrary-policy.ts';
import type { Facts } from './reference-conditions.ts';
import { outcomes, type PlainCaller, type PlainStatement } from './reference-policy.ts';

const requests = fc.record({
  caller: fc.constantFrom(...callers),
  action: fc.constantFrom(...actions),
  resource: fc.constantFrom(...resources),
  facts,
});
const hidden = fc.uniqueArray(fc.constantFrom(...keys));

function requesterOf({ account, role, session, service: asking }: PlainCaller): Requester {
  if (asking) return { service };
  const arn = session
    ? `arn:aws:sts::${account}:assumed-role/${role}/${session}`
    : `arn:aws:iam::${account}:role/${role}`;
  return { arn, account };
}

function asked(caller: PlainCaller, action: string, resource: string, known: Facts): PolicyRequest {
  const entries = [...known];
  return {
    principal: requesterOf(caller),
    action,
    resource,
    context: Object.fromEntries(entries.flatMap(([key, values]) => (values ? [[key, values]] : []))),
    absent: entries.flatMap(([key, values]) => (values ? [] : [key])),
  };
}

function possible(decision: Decision): string[] {
  if (decision.answer === 'open') return decision.possible;
  return [decision.answer === 'allowed' && decision.delegates ? 'delegated' : decision.answer];
}

function policy(Statement: readonly PlainStatement[]) {
  return [{ name: 'policy', document: JSON.stringify({ Version: '2012-10-17', Statement }) }];
}

const kinds = ['identity', 'resource'] as const;

it.each(kinds)('decides %s policies as a plain reading of the documentation does', (kind) => {
  const statements = fc.array(statement(kind), { maxLength: 4 });
  const seen: Record<string, number> = {};
  fc.assert(
    fc.property(statements, requests, hidden, (list, { caller, action, resource, facts: all }, unknown) => {
      const known: Facts = new Map(Object.entries(all).filter(([key]) => !unknown.includes(key as never)));
      const decision = evaluatePolicies(policy(list), asked(caller, action, resource, known), kind);
      expect(possible(decision)).toEqual(outcomes(list, { caller, action, resource, facts: known }, kind));
      seen[decision.answer] = (seen[decision.answer] ?? 0) + 1;
    }),
    { numRuns: 2000 },
  );
  for (const answer of ['denied', 'allowed', 'none', 'open']) expect(seen[answer]).toBeGreaterThan(20);
});

it.each(kinds)('never rules out of %s policies what more knowledge then shows', (kind) => {
  const statements = fc.array(statement(kind), { maxLength: 4 });
  fc.assert(
    fc.property(statements, requests, hidden, (list, { caller, action, resource, facts: all }, unknown) => {
      const full: Facts = new Map(Object.entries(all));
      const known: Facts = new Map([...full].filter(([key]) => !unknown.includes(key as never)));
      const before = possible(evaluatePolicies(policy(list), asked(caller, action, resource, known), kind));
      const after = possible(evaluatePolicies(policy(list), asked(caller, action, resource, full), kind));
      expect(before).toEqual(expect.arrayContaining(after));
    }),
    { numRuns: 700 },
  );
});

it('does not care in which order statements stand, or in which policy', () => {
  const statements = fc.array(statement('resource'), { maxLength: 4 });
  fc.assert(
    fc.property(statements, requests, fc.nat(4), (list, { caller, action, resource, facts: all }, cut) => {
      const request = asked(caller, action, resource, new Map(Object.entries(all)));
      const split = [...policy(list.slice(cut)), ...policy(list.slice(0, cut).toReversed())];
      expect(possible(evaluatePolicies(split, request, 'resource'))).toEqual(
        possible(evaluatePolicies(policy(list), request, 'resource')),
      );
    }),
    { numRuns: 400 },
  );
});
