import type { ImageFacts } from '../facts/image/image-states.ts';
import type { PullRight } from '../facts/image/pull-rights.ts';
import type { RoleFact } from '../facts/role.ts';
import { combine, unreadPolicy, type Verdict } from '../policy/combine.ts';
import { evaluatePolicies } from '../policy/evaluate.ts';
import { boundary, identityDecision } from '../policy/read-simulation.ts';
import type { Decision, StatementRef } from '../policy/types.ts';
import type { NotChecked } from '../report.ts';
import { listed } from '../words.ts';

/** Whether a role may do one thing that a pull needs. */
export interface PullRightState {
  action: string;
  resource: string;
  state: 'allowed' | 'denied' | 'open' | 'not-checked';
  /** Who has to change it: the role that pulls, the repository's policy, or both. */
  mend: ('identity' | 'resource')[];
  /** An explicit deny, which no allow outweighs. */
  deny?: StatementRef;
  /** A clause without full stop. */
  why: string;
  notChecked?: NotChecked;
}

export interface Puller {
  arn: string;
  account: string;
  role?: RoleFact;
}

/** Both sides of every right that the pull needs: what the role may, and what the repository admits. */
export function pullRights(facts: ImageFacts, puller: Puller): PullRightState[] {
  return (facts.rights ?? []).map((right) => stateOf(right, facts, puller));
}

function stateOf({ right, reading }: PullRight, facts: ImageFacts, puller: Puller): PullRightState {
  const { action, resource, kind } = right;
  const base = { action, resource, mend: [] };
  if (!reading.ok)
    return { ...base, state: 'not-checked', why: 'not checked', notChecked: reading.notChecked };
  const sameAccount = facts.repository?.account === puller.account;
  const isThere = ![facts.byTag, facts.byDigest].some(
    (one) => one?.ok && one.value.state === 'no-repository',
  );
  const fills = !isThere && facts.rule?.ok === true && facts.rule.value !== undefined;
  const unread = facts.policy && !facts.policy.ok ? facts.policy.notChecked : undefined;
  if (kind === 'login' || fills) {
    // The login knows no resource, and a repository that is not there yet has no policy.
    return told(
      base,
      combine({
        identity: identityDecision(reading.value),
        resource: none,
        resourceKind: 'usual',
        sameAccount: true,
      }),
    );
  }
  const resourceSide = policySide(facts, action, resource, puller);
  const verdict = combine({
    identity: identityDecision(reading.value),
    resource: resourceSide,
    resourceKind: 'usual',
    sameAccount,
  });
  // In the own account few repositories have a policy, and what the role may do then decides.
  if (unread && sameAccount && reading.value.answer !== 'denied') {
    const state = reading.value.answer === 'allowed' ? 'not-checked' : 'open';
    return { ...base, state, why: 'the policy of the repository was not read', notChecked: unread };
  }
  return { ...told(base, verdict), ...(unread && verdict.answer === 'open' && { notChecked: unread }) };
}

const none: Decision = { answer: 'none' };

function policySide(
  { policy, repository }: ImageFacts,
  action: string,
  resource: string,
  { arn, account, role }: Puller,
): Decision {
  if (!policy) return none;
  if (!policy.ok) return unreadPolicy('the policy of the repository was not read');
  if (policy.value.state === 'hidden')
    return unreadPolicy(`the policy of the repository, which account ${repository?.account} does not show`);
  if (policy.value.state !== 'policy') return none;
  const known = role && !role.missing ? { id: role.id, tags: role.tags } : {};
  return evaluatePolicies(
    [{ name: 'the repository policy', document: policy.value.text }],
    {
      principal: { arn, account, ...known },
      action,
      resource,
      context: { 'aws:SecureTransport': 'true', 'aws:RequestedRegion': repository?.region ?? '' },
    },
    'resource',
  );
}

function told(base: Pick<PullRightState, 'action' | 'resource' | 'mend'>, verdict: Verdict): PullRightState {
  switch (verdict.answer) {
    case 'allowed':
      return { ...base, state: 'allowed', why: 'allowed' };
    case 'denied':
      return {
        ...base,
        state: 'denied',
        mend: [verdict.side],
        deny: verdict.by,
        why:
          verdict.by.policy === boundary
            ? 'the permissions boundary of the role does not allow it'
            : `${verdict.by.label} of ${verdict.by.policy} denies it`,
      };
    case 'missing':
      return {
        ...base,
        state: 'denied',
        mend: verdict.sides,
        why: listed(
          verdict.sides.map((side) =>
            side === 'identity'
              ? 'no policy of the role allows it'
              : 'no policy of the repository admits the role',
          ),
        ),
      };
    case 'open': {
      const names = verdict.undecided.flatMap(({ because }) => because.map(({ name }) => name));
      const whys = listed([...new Set(names)].slice(0, 3)) || 'something that is not known';
      return { ...base, state: 'open', why: `it hangs on ${whys}` };
    }
  }
}
