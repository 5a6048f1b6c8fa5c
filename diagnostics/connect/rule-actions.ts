import type { Action, RedirectActionConfig, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';

/** What the target groups of one service get of the requests that a rule takes. */
export type Deed =
  /** A share of them, more than 0 and at most 1. */
  | { kind: 'forwards'; share: number }
  /** None: they go to other groups, or are answered by the load balancer. */
  | { kind: 'keeps' }
  /** Its group is named, and gets nothing because of its weight. */
  | { kind: 'weighs-nothing' }
  | { kind: 'redirects'; to: RedirectActionConfig }
  /** Only of people who have signed in, or of callers that carry a token. */
  | { kind: 'asks'; for: 'sign-in' | 'token'; share: number }
  | { kind: 'unknown'; why: string };

/** The actions of a rule in their order: those that ask who calls, and the last one, which decides. */
export function deedOf({ Actions = [] }: Rule, groups: readonly string[]): Deed {
  const ordered = Actions.toSorted((a, b) => (a.Order ?? 0) - (b.Order ?? 0));
  const last = ordered.at(-1);
  const deed = lastDeed(last, groups);
  if (deed.kind !== 'forwards') return deed;
  if (ordered.some(signsIn)) return { kind: 'asks', for: 'sign-in', share: deed.share };
  if (ordered.some(({ Type }) => Type === 'jwt-validation'))
    return { kind: 'asks', for: 'token', share: deed.share };
  return deed;
}

/** Whether some of its requests reach the groups. */
export function leadsTo(rule: Rule, groups: readonly string[]): boolean {
  const { kind } = deedOf(rule, groups);
  return kind === 'forwards' || kind === 'asks';
}

function lastDeed(last: Action | undefined, groups: readonly string[]): Deed {
  if (last?.Type === 'redirect')
    return { kind: 'redirects', to: last.RedirectConfig ?? { StatusCode: undefined } };
  if (last?.Type === 'fixed-response' || last === undefined) return { kind: 'keeps' };
  if (last.Type !== 'forward') return { kind: 'unknown', why: `what the action ${last.Type} does` };
  const weighted = last.ForwardConfig?.TargetGroups ?? [];
  const all = weighted.length > 0 ? weighted : [{ TargetGroupArn: last.TargetGroupArn, Weight: 1 }];
  const own = all.filter(({ TargetGroupArn = '' }) => groups.includes(TargetGroupArn));
  if (own.length === 0) return { kind: 'keeps' };
  const total = sumOf(all);
  if (total === 0) return { kind: 'unknown', why: 'what it does with weights of which all are 0' };
  const share = sumOf(own) / total;
  return share === 0 ? { kind: 'weighs-nothing' } : { kind: 'forwards', share };
}

function sumOf(groups: readonly { Weight?: number | undefined }[]): number {
  return groups.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
}

/** Without a session it answers 401 or leads to a page to sign in, unless it is told to let anybody through. */
function signsIn({ Type, AuthenticateCognitoConfig, AuthenticateOidcConfig }: Action): boolean {
  if (Type !== 'authenticate-cognito' && Type !== 'authenticate-oidc') return false;
  return (AuthenticateCognitoConfig ?? AuthenticateOidcConfig)?.OnUnauthenticatedRequest !== 'allow';
}
