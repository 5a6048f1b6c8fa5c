import type { Decision, Outcome, StatementRef, Undecided } from './types.ts';

/** Which rule joins the two sides: key and trust policies have to allow themselves, others only may. */
export type ResourceKind = 'usual' | 'key' | 'trust';

export type Side = 'identity' | 'resource';

export interface Sides {
  /** What the identity policies of the one who asks say. */
  identity: Decision;
  /** What the policy of the resource says; `none` where it has no policy. */
  resource: Decision;
  resourceKind: ResourceKind;
  /** Whether resource and requester belong to one account. */
  sameAccount: boolean;
}

/** Whether a request is allowed, as far as identity and resource policies go. */
export type Verdict =
  /** Service control policies, boundaries and session policies are not in it. */
  | { answer: 'allowed'; by: StatementRef[] }
  | { answer: 'denied'; side: Side; by: StatementRef }
  /** Nothing denies, and one side or both would have to allow. */
  | { answer: 'missing'; sides: Side[] }
  | { answer: 'open'; undecided: Undecided[]; possible: ('allowed' | 'denied' | 'missing')[] };

/**
 * Joins what identity and resource policies say.
 *
 * Same account: either may allow, but a key or trust policy has to, or leave it to the account by naming it. Across
 * accounts both have to. A deny on either side wins.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export function combine({ identity, resource, resourceKind, sameAccount }: Sides): Verdict {
  const pairs = outcomesOf(identity).flatMap((own) =>
    outcomesOf(resource).map((theirs) => joined(own, theirs, resourceKind, sameAccount)),
  );
  const possible = [...new Set(pairs.map(({ answer }) => answer))];
  const [first] = pairs;
  if (possible.length > 1 || !first) {
    const undecided = [identity, resource].flatMap((side) => (side.answer === 'open' ? side.undecided : []));
    return { answer: 'open', undecided, possible };
  }
  if (first.answer === 'missing') {
    // Both may be missing in one case and one of them in another: named are those that are in every case.
    const all = pairs.map((pair) => (pair.answer === 'missing' ? pair.sides : []));
    const sides = (['identity', 'resource'] as const).filter((side) =>
      all.every((one) => one.includes(side)),
    );
    return { answer: 'missing', sides: sides.length > 0 ? sides : ['identity', 'resource'] };
  }
  if (first.answer === 'allowed') {
    const by = [identity, resource].flatMap((side) => (side.answer === 'allowed' ? [side.by] : []));
    return { answer: 'allowed', by };
  }
  if (identity.answer === 'denied') return { answer: 'denied', side: 'identity', by: identity.by };
  if (resource.answer === 'denied') return { answer: 'denied', side: 'resource', by: resource.by };
  throw new Error('Nothing is denied where no side denies it.');
}

type Joined = { answer: 'allowed' } | { answer: 'denied' } | { answer: 'missing'; sides: Side[] };

function joined(identity: Outcome, resource: Outcome, kind: ResourceKind, sameAccount: boolean): Joined {
  if (identity === 'denied' || resource === 'denied') return { answer: 'denied' };
  const own = identity !== 'none';
  if (sameAccount && resource === 'allowed') return { answer: 'allowed' };
  const theirs = (sameAccount && kind === 'usual') || resource !== 'none';
  if (own && theirs) return { answer: 'allowed' };
  const sides: Side[] = [];
  if (!own) sides.push('identity');
  if (!theirs) sides.push('resource');
  return { answer: 'missing', sides };
}

function outcomesOf(decision: Decision): readonly Outcome[] {
  if (decision.answer === 'open') return decision.possible;
  return [decision.answer === 'allowed' && decision.delegates ? 'delegated' : decision.answer];
}

/** The decision of a policy that could not be read: anything may stand in it. `why` reads on after "open: ". */
export function unreadPolicy(why: string): Decision {
  return {
    answer: 'open',
    possible: ['denied', 'allowed', 'delegated', 'none'],
    undecided: [{ because: [{ what: 'element', name: why }], would: 'denied' }],
  };
}
