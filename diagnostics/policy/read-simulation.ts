import type { EvaluationResult, Statement } from '@aws-sdk/client-iam';
import { listed } from '../words.ts';
import type { Decision, StatementRef } from './types.ts';

/** What IAM's simulation says of one action on one resource. */
export type SimulationReading =
  /** As far as identity policies, boundary and organization go: resource, session and endpoint policies are not in it. */
  | { answer: 'allowed'; policies: string[] }
  /** An explicit deny that hangs on nothing unknown, with the policies that hold it. */
  | { answer: 'denied'; policies: string[] }
  /** No statement allows it. Likely, never certain: a resource policy may. */
  | { answer: 'missing' }
  /** The permissions boundary does not allow it. */
  | { answer: 'boundary' }
  /** `missingContext`: keys that policies ask for and nobody gave. `why` is a clause without full stop. */
  | { answer: 'open'; why: string; missingContext: string[] };

/**
 * Reads the answer for one action on one resource out of all results of a simulation.
 *
 * A result is the sum over all resources that were asked for; what holds for one of them stands among its
 * ResourceSpecificResults, save for what the organization says. Older answers hold one result a resource.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function readSimulation(
  results: readonly EvaluationResult[],
  action: string,
  resource: string,
): SimulationReading {
  const found = find(results, action, resource);
  if (!found) return open('IAM answered nothing for this action and resource');
  const { decision, matched, missingContext, organization, bounded } = found;
  const policies = policiesOf(matched);
  if (decision === 'allowed') return { answer: 'allowed', policies };
  if (decision === 'explicitDeny') {
    // "Deny, unless it comes from this endpoint" denies whatever does not say where it comes from, as this does not.
    if (missingContext.length > 0)
      return open(
        `${policies.length === 0 ? 'a policy' : listed(policies)} may deny it, by ${listed(missingContext)}, which cannot be known from outside`,
        missingContext,
      );
    if (policies.length > 0) return { answer: 'denied', policies };
    if (bounded === false) return { answer: 'boundary' };
    // The statements of service control policies are never shown.
    if (organization === false)
      return open('the organization refuses it, and IAM does not say by which policy');
    return open('IAM says that a statement denies it, and does not say which');
  }
  if (decision !== 'implicitDeny') return open(`IAM answered ${decision ?? 'nothing'}`, missingContext);
  if (missingContext.length > 0)
    return open(
      `it depends on ${missingContext.join(', ')}, which cannot be known from outside`,
      missingContext,
    );
  if (bounded === false) return { answer: 'boundary' };
  // Seen with administrators whom nothing refuses.
  if (organization === false)
    return open('the organization may refuse it, and IAM does not say by which policy');
  return { answer: 'missing' };
}

interface Found {
  decision: string | undefined;
  matched: readonly Statement[];
  missingContext: string[];
  organization: boolean | undefined;
  bounded: boolean | undefined;
}

function find(results: readonly EvaluationResult[], action: string, resource: string): Found | undefined {
  const ofAction = results.filter(
    ({ EvalActionName }) => EvalActionName?.toLowerCase() === action.toLowerCase(),
  );
  for (const result of ofAction) {
    const specific = result.ResourceSpecificResults?.find((one) => one.EvalResourceName === resource);
    if (!specific) continue;
    return {
      decision: specific.EvalResourceDecision,
      matched: specific.MatchedStatements ?? [],
      missingContext: specific.MissingContextValues ?? [],
      organization: result.OrganizationsDecisionDetail?.AllowedByOrganizations,
      bounded: boundaryOf(specific) ?? boundaryOf(result),
    };
  }
  const whole = ofAction.find((result) => isAbout(result, resource));
  if (!whole) return undefined;
  return {
    decision: whole.EvalDecision,
    matched: whole.MatchedStatements ?? [],
    missingContext: whole.MissingContextValues ?? [],
    organization: whole.OrganizationsDecisionDetail?.AllowedByOrganizations,
    bounded: boundaryOf(whole),
  };
}

/** Whether a result without resources of its own says something of this one: of all, one is as good as the worst. */
function isAbout(result: EvaluationResult, resource: string): boolean {
  if ((result.ResourceSpecificResults ?? []).length > 0) return false;
  return resource === '*' || result.EvalResourceName === resource || result.EvalDecision === 'allowed';
}

function boundaryOf({
  PermissionsBoundaryDecisionDetail,
}: Pick<EvaluationResult, 'PermissionsBoundaryDecisionDetail'>) {
  return PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary;
}

function policiesOf(matched: readonly Statement[]): string[] {
  return [...new Set(matched.flatMap(({ SourcePolicyId }) => (SourcePolicyId ? [SourcePolicyId] : [])))];
}

function open(why: string, missingContext: string[] = []): SimulationReading {
  return { answer: 'open', why, missingContext };
}

/** What a statement is named after that a boundary lacks. */
export const boundary = 'the permissions boundary';

/** A reading as the identity side of `combine`. What a boundary refuses, no resource policy gives back to a role. */
export function identityDecision(reading: SimulationReading): Decision {
  switch (reading.answer) {
    case 'allowed':
      return { answer: 'allowed', by: refOf(reading.policies, 'Allow'), delegates: false };
    case 'denied':
      return { answer: 'denied', by: refOf(reading.policies, 'Deny') };
    case 'boundary':
      return {
        answer: 'denied',
        by: { policy: boundary, label: 'no statement', effect: 'Deny' },
      };
    case 'missing':
      return { answer: 'none' };
    case 'open': {
      const keys = reading.missingContext.map((name) => ({ what: 'key', name }) as const);
      const because = keys.length > 0 ? keys : [{ what: 'element', name: reading.why } as const];
      return {
        answer: 'open',
        possible: ['denied', 'allowed', 'none'],
        undecided: [{ because, would: 'allowed' }],
      };
    }
  }
}

function refOf(policies: readonly string[], effect: StatementRef['effect']): StatementRef {
  return { policy: policies.join(', ') || 'a policy of the role', label: 'a statement', effect };
}
