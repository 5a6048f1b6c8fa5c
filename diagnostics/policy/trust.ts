import { isRecord, statementsOf, textsOf } from './document.ts';
import { evaluatePolicies } from './evaluate.ts';
import { type Match, matchStatement } from './statement-match.ts';
import type { Guess, NamedPolicy, PolicyRequest, StatementRef, Undecided } from './types.ts';

export interface TrustQuestion {
  /** The trust policy: JSON text, URL-encoded as IAM returns it, or parsed. */
  document: unknown;
  /** `ecs-tasks.amazonaws.com` unless given. */
  service?: string;
  /** The account and cluster whose tasks are to use the role. */
  account: string;
  clusterArn: string;
}

/** A condition that shuts a request out. */
export interface FailingCondition {
  operator: string;
  key: string;
  wanted: string[];
}

/** Whether an AWS service may assume a role. */
export type TrustReading =
  | { answer: 'trusts'; by: StatementRef }
  /** A statement denies it. */
  | { answer: 'denied'; by: StatementRef }
  /** No statement lets the service assume it. `trusted`: the service principals that are named instead. */
  | { answer: 'not-named'; trusted: string[] }
  /** The service is named, but a condition shuts this account or cluster out. */
  | { answer: 'condition'; by: StatementRef; failing: FailingCondition[] }
  | { answer: 'open'; undecided: Undecided[] };

/** Reads a trust policy in all its forms: Service and Action as text or list, wildcards, conditions. */
export function readTrust({
  document,
  service = 'ecs-tasks.amazonaws.com',
  account,
  clusterArn,
}: TrustQuestion): TrustReading {
  const policy: NamedPolicy = { name: 'the trust policy', document };
  const request: PolicyRequest = {
    principal: { service },
    action: 'sts:AssumeRole',
    resource: '*',
    context: { 'aws:SourceAccount': account, 'aws:SourceArn': sourceArn(clusterArn) },
    absent: ['sts:ExternalId'],
  };
  const decision = evaluatePolicies([policy], request, 'resource');
  if (decision.answer === 'allowed') return { answer: 'trusts', by: decision.by };
  if (decision.answer === 'denied') return { answer: 'denied', by: decision.by };
  if (decision.answer === 'open' && decision.possible.some((one) => one === 'allowed'))
    return { answer: 'open', undecided: decision.undecided };

  const matches = (statementsOf(policy) ?? []).map((one) => matchStatement(one, request, 'resource'));
  const shutOut = matches.find(
    ({ statement, named, action, rest }) =>
      statement.ref.effect === 'Allow' && named.direct === 'yes' && action === 'yes' && rest === 'no',
  );
  if (shutOut) return { answer: 'condition', by: shutOut.statement.ref, failing: failingOf(shutOut) };
  return { answer: 'not-named', trusted: trustedServices(matches) };
}

/**
 * What ECS sends as aws:SourceArn is not documented, except that it lies in the account and region, and that a
 * cluster cannot be told apart by it yet. A pattern that all of these fit holds; one that none fits does not.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
function sourceArn(clusterArn: string): Guess {
  const [, home = '', cluster = ''] = /^(arn:[^:]+:ecs:[^:]+:\d+:)cluster\/(.+)$/.exec(clusterArn) ?? [];
  if (!home) return { anyOf: [{ prefix: '' }] };
  const within = ['service', 'task', 'container-instance', 'task-set', 'daemon', 'service-deployment'];
  return {
    anyOf: [
      { exact: clusterArn },
      { prefix: `${home}task-definition/` },
      ...within.map((kind) => ({ prefix: `${home}${kind}/${cluster}/` })),
    ],
  };
}

function failingOf({ statement, conditions }: Match): FailingCondition[] {
  return statement.conditions.filter((_condition, index) => conditions[index]?.value === 'no');
}

function trustedServices(matches: readonly Match[]): string[] {
  const named = matches.flatMap(({ statement, action }) => {
    const { principal, ref } = statement;
    if (ref.effect === 'Deny' || action === 'no' || !isRecord(principal)) return [];
    return textsOf(principal.Service) ?? [];
  });
  return [...new Set(named)];
}
