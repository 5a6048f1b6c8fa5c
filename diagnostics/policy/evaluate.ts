import { statementsOf } from './document.ts';
import { type Match, matchStatement } from './statement-match.ts';
import { all, any, type Tri } from './tri.ts';
import type { Decision, NamedPolicy, Outcome, PolicyKind, PolicyRequest, Undecided } from './types.ts';

/**
 * What these policies together say of a request: an explicit deny first, then an allow. A statement that hangs on
 * something unknown makes the answer open where it could change it: an open deny beside an allow, an open allow
 * where nothing else allows. Unknown things are taken to be independent of each other. Never throws; what cannot be
 * read is open.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicies(
  policies: readonly NamedPolicy[],
  request: PolicyRequest,
  kind: PolicyKind,
): Decision {
  const read = policies.map((policy) => ({ policy, statements: statementsOf(policy) }));
  const unread = read.find(({ statements }) => statements === undefined)?.policy.name;
  const said = read
    .flatMap(({ statements }) => statements ?? [])
    .map((statement) => contributionOf(matchStatement(statement, request, kind)));
  return decide(said, unread);
}

/** What one statement adds, each with whether it does. */
interface Contribution {
  match: Match;
  denied: Tri;
  allowed: Tri;
  delegated: Tri;
}

function contributionOf(match: Match): Contribution {
  const { named, rest, statement } = match;
  if (statement.ref.effect === 'Deny') {
    const denied = all([any([named.direct, named.account]), rest]);
    return { match, denied, allowed: 'no', delegated: 'no' };
  }
  const [allowed, delegated] = [all([named.direct, rest]), all([named.account, rest])];
  return { match, denied: 'no', allowed, delegated };
}

function decide(said: readonly Contribution[], unread: string | undefined): Decision {
  const sure = (outcome: Exclude<Outcome, 'none'>) =>
    said.find((one) => one[outcome] === 'yes')?.match.statement.ref;
  const denied = sure('denied');
  if (denied) return { answer: 'denied', by: denied };
  const maybe = (outcome: Exclude<Outcome, 'none'>) =>
    unread !== undefined || said.some((one) => one[outcome] === 'open');

  const possible: Outcome[] = maybe('denied') ? ['denied'] : [];
  const by = { allowed: sure('allowed'), delegated: sure('delegated') };
  if (by.allowed || maybe('allowed')) possible.push('allowed');
  if (!by.allowed && (by.delegated || maybe('delegated'))) possible.push('delegated');
  if (!by.allowed && !by.delegated) possible.push('none');

  if (possible.length > 1)
    return { answer: 'open', possible, undecided: undecidedOf(said, possible, unread) };
  if (by.allowed) return { answer: 'allowed', by: by.allowed, delegates: false };
  if (by.delegated) return { answer: 'allowed', by: by.delegated, delegates: true };
  return { answer: 'none' };
}

function undecidedOf(
  said: readonly Contribution[],
  possible: readonly Outcome[],
  unread: string | undefined,
): Undecided[] {
  const outcomes = ['denied', 'allowed', 'delegated'] as const;
  const statements = said.flatMap(({ match, ...outcome }) =>
    outcomes
      .filter((one) => outcome[one] === 'open' && possible.includes(one))
      .slice(0, 1)
      .map((would) => ({ statement: match.statement.ref, because: match.because, would })),
  );
  if (unread === undefined) return statements;
  return [
    ...statements,
    { because: [{ what: 'element', name: `${unread} cannot be read` }], would: 'denied' },
  ];
}
