import type {
  EvaluationResult,
  PermissionsBoundaryDecisionDetail,
  PolicyEvaluationDecisionType,
  ResourceSpecificResult,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
  Statement,
} from '@aws-sdk/client-iam';
import { AwsError, NotInSandbox } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Context } from '../policy/condition.ts';
import { type Evaluation, evaluate, type Matched } from '../policy/evaluate.ts';
import { isLike } from '../policy/like.ts';
import type { Account, SandboxRole } from '../world.ts';

const usualPage = 100;

/**
 * One result an action, which sums up all resources; each resource's own answer stands under it.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function simulatePrincipalPolicy(
  input: SimulatePrincipalPolicyRequest,
  account: Account,
): SimulatePolicyResponse {
  const { PolicySourceArn = '', ActionNames = [], ContextEntries = [], MaxItems = usualPage, Marker } = input;
  const resources = input.ResourceArns?.length ? input.ResourceArns : ['*'];
  refuseOthers(input);
  validate(ActionNames, resources);
  const role = account.world.roles?.find((one) => one.role.Arn === PolicySourceArn);
  if (!role) throw noSuchRole(PolicySourceArn);
  const context: Context = new Map(
    ContextEntries.map(({ ContextKeyName = '', ContextKeyValues = [] }) => [
      ContextKeyName.toLowerCase(),
      ContextKeyValues,
    ]),
  );
  const results = ActionNames.map((action) => resultOf(role, action, resources, context));
  const list = JSON.stringify([PolicySourceArn, ActionNames, resources]);
  const page = pageOf(
    results,
    list,
    Marker,
    MaxItems,
    () => new AwsError('InvalidInputException', 'Invalid Marker'),
  );
  return { EvaluationResults: page.items, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken };
}

function refuseOthers(input: SimulatePrincipalPolicyRequest): void {
  const { PolicyInputList, PermissionsBoundaryPolicyInputList, ResourcePolicy, CallerArn, ResourceOwner } =
    input;
  if (
    PolicyInputList?.length ||
    PermissionsBoundaryPolicyInputList?.length ||
    ResourcePolicy ||
    ResourceOwner
  )
    throw new NotInSandbox('a simulation with further policies');
  if (CallerArn) throw new NotInSandbox('a simulation for somebody else');
}

function validate(actions: readonly string[], resources: readonly string[]): void {
  for (const action of actions)
    if (!/^[\w-]+:[\w*?]+$/.test(action))
      throw new AwsError('InvalidInputException', `Invalid Action name: ${action}`);
  for (const resource of resources)
    if (resource !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(resource))
      throw new AwsError('InvalidInputException', `Invalid Resource ARN: ${resource}`);
}

function noSuchRole(arn: string): AwsError {
  if (!/^arn:[^:]+:iam::\d{12}:(?:role|user|group)\//.test(arn))
    return new AwsError('InvalidInputException', `Invalid Entity Arn: ${arn}`);
  return new AwsError(
    'NoSuchEntityException',
    `The role with name ${arn.split('/').at(-1)} cannot be found.`,
  );
}

const severity: PolicyEvaluationDecisionType[] = ['allowed', 'implicitDeny', 'explicitDeny'];

function resultOf(
  role: SandboxRole,
  action: string,
  resources: readonly string[],
  context: Context,
): EvaluationResult {
  const each = resources.map((resource) => onResource(role, action, resource, context));
  const refused = isRefused(role, action);
  const [strictest = 'implicitDeny'] = each
    .map(({ EvalResourceDecision }) => EvalResourceDecision ?? 'implicitDeny')
    .sort((a, b) => severity.indexOf(b) - severity.indexOf(a));
  const missing = each.flatMap(({ MissingContextValues = [] }) => MissingContextValues);
  return {
    EvalActionName: action,
    EvalResourceName: '*',
    EvalDecision: strictest,
    MatchedStatements: each.flatMap(({ MatchedStatements = [] }) => MatchedStatements),
    MissingContextValues: [...new Set(missing)],
    OrganizationsDecisionDetail: { AllowedByOrganizations: !refused },
    PermissionsBoundaryDecisionDetail: each.find(({ PermissionsBoundaryDecisionDetail: detail }) => detail)
      ?.PermissionsBoundaryDecisionDetail,
    ...(resources.some((resource) => resource !== '*') && { ResourceSpecificResults: each }),
  };
}

function isRefused({ organizationDenies = [] }: SandboxRole, action: string): boolean {
  return organizationDenies.some((form) => isLike(action.toLowerCase(), form.toLowerCase()));
}

function onResource(
  role: SandboxRole,
  action: string,
  resource: string,
  context: Context,
): ResourceSpecificResult {
  // Where the organization refuses, the simulation ends, and shows none of its statements.
  if (isRefused(role, action))
    return {
      EvalResourceName: resource,
      EvalResourceDecision: 'implicitDeny',
      MatchedStatements: [],
      MissingContextValues: [],
    };
  const own = evaluate(role.policies, action, resource, context);
  const boundary = role.boundary && evaluate([role.boundary], action, resource, context);
  return {
    EvalResourceName: resource,
    EvalResourceDecision: decisionOf(own, boundary),
    MatchedStatements: own.matched.map((matched) => statementOf(role, matched)),
    MissingContextValues: [...new Set([...own.missing, ...(boundary?.missing ?? [])])],
    PermissionsBoundaryDecisionDetail: boundaryDetail(boundary),
  };
}

function decisionOf(own: Evaluation, boundary: Evaluation | undefined): PolicyEvaluationDecisionType {
  if (own.decision === 'explicitDeny' || boundary?.decision === 'explicitDeny') return 'explicitDeny';
  return boundary?.decision === 'implicitDeny' ? 'implicitDeny' : own.decision;
}

function boundaryDetail(boundary: Evaluation | undefined): PermissionsBoundaryDecisionDetail | undefined {
  return boundary && { AllowedByPermissionsBoundary: boundary.decision === 'allowed' };
}

function statementOf({ role }: SandboxRole, { policy, statement }: Matched): Statement {
  const text = JSON.stringify(policy.document);
  const start = text.indexOf(JSON.stringify(statement)) + 1;
  return {
    SourcePolicyId: policy.managed ? policy.name : `role_${role.RoleName}_${policy.name}`,
    SourcePolicyType: policy.managed ? 'user-managed' : 'role',
    StartPosition: { Line: 1, Column: start },
    EndPosition: { Line: 1, Column: start + JSON.stringify(statement).length },
  };
}
