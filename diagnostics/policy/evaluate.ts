import type { Decision, NamedPolicy, PolicyKind, PolicyRequest } from './types.ts';

/**
 * What these policies together say of a request: an explicit deny first, then an allow. A statement that hangs on
 * something unknown makes the answer open where it could change it: an open deny beside an allow, an open allow
 * where nothing else allows. Never throws; what cannot be read is open.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicies(
  _policies: readonly NamedPolicy[],
  _request: PolicyRequest,
  _kind: PolicyKind,
): Decision {
  return { answer: 'none' };
}
