import { describe, expect, it } from 'vitest';
import { combine, type ResourceKind, unreadPolicy } from '#diagnostics/policy/combine.ts';
import type { Decision } from '#diagnostics/policy/types.ts';

const by = { policy: 'p', label: 's', effect: 'Allow' } as const;
const decisions = {
  allows: { answer: 'allowed', by, delegates: false },
  delegates: { answer: 'allowed', by, delegates: true },
  denies: { answer: 'denied', by: { ...by, effect: 'Deny' } },
  silent: { answer: 'none' },
  unread: unreadPolicy('the policy was not read'),
  'may allow': { answer: 'open', possible: ['allowed', 'none'], undecided: [] },
  'may deny': { answer: 'open', possible: ['denied', 'allowed'], undecided: [] },
} satisfies Record<string, Decision>;
type Name = keyof typeof decisions;

describe('in one account', () => {
  it.each<[Name, Name, ResourceKind, string]>([
    ['allows', 'silent', 'usual', 'allowed'],
    ['silent', 'allows', 'usual', 'allowed'],
    ['silent', 'delegates', 'usual', 'missing identity'],
    ['silent', 'silent', 'usual', 'missing identity'],
    ['allows', 'denies', 'usual', 'denied resource'],
    ['denies', 'allows', 'usual', 'denied identity'],
    ['allows', 'unread', 'usual', 'open'],
    ['allows', 'may allow', 'usual', 'allowed'],
    ['silent', 'may allow', 'usual', 'open'],
    ['may deny', 'allows', 'usual', 'open'],
    ['may deny', 'denies', 'usual', 'denied resource'],
    ['allows', 'silent', 'key', 'missing resource'],
    ['allows', 'delegates', 'key', 'allowed'],
    ['silent', 'delegates', 'key', 'missing identity'],
    ['silent', 'allows', 'key', 'allowed'],
    ['silent', 'silent', 'key', 'missing identity resource'],
    ['allows', 'may allow', 'key', 'open'],
    ['silent', 'allows', 'trust', 'allowed'],
    ['allows', 'silent', 'trust', 'missing resource'],
  ])('identity that %s and resource that %s, %s: %s', (identity, resource, resourceKind, expected) => {
    expect(said(identity, resource, resourceKind, true)).toBe(expected);
  });
});

describe('across accounts', () => {
  it.each<[Name, Name, string]>([
    ['allows', 'allows', 'allowed'],
    ['allows', 'delegates', 'allowed'],
    ['allows', 'silent', 'missing resource'],
    ['silent', 'allows', 'missing identity'],
    ['silent', 'silent', 'missing identity resource'],
    ['allows', 'unread', 'open'],
    ['silent', 'may allow', 'missing identity'],
    ['denies', 'unread', 'denied identity'],
  ])('identity that %s and resource that %s: %s', (identity, resource, expected) => {
    for (const kind of ['usual', 'key', 'trust'] as const)
      expect(said(identity, resource, kind, false)).toBe(expected);
  });
});

function said(identity: Name, resource: Name, resourceKind: ResourceKind, sameAccount: boolean): string {
  const verdict = combine({
    identity: decisions[identity],
    resource: decisions[resource],
    resourceKind,
    sameAccount,
  });
  if (verdict.answer === 'missing') return ['missing', ...verdict.sides].join(' ');
  return verdict.answer === 'denied' ? `denied ${verdict.side}` : verdict.answer;
}
