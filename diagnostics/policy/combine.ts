import type { Decision, StatementRef, Undecided } from './types.ts';

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
export function combine(_sides: Sides): Verdict {
  return { answer: 'open', undecided: [], possible: ['allowed', 'denied', 'missing'] };
}

/** The decision of a policy that could not be read: anything may stand in it. `why` reads on after "open: ". */
export function unreadPolicy(why: string): Decision {
  return {
    answer: 'open',
    possible: ['denied', 'allowed', 'delegated', 'none'],
    undecided: [{ because: [{ what: 'element', name: why }], would: 'denied' }],
  };
}
