/** Who asks: a role (its ARN or that of one of its sessions), or an AWS service. */
export interface Requester {
  /** `arn:aws:iam::111122223333:role/app`, or `arn:aws:sts::111122223333:assumed-role/app/session`. */
  arn?: string;
  account?: string;
  /** The role's unique id, `AROA…`: what a policy holds of a role that was deleted and made anew. */
  id?: string;
  /** All tags of the role: one that is not here is known to be absent. Undefined: nobody looked. */
  tags?: Readonly<Record<string, string>>;
  /** An AWS service that asks by itself, `ecs-tasks.amazonaws.com`. */
  service?: string;
}

/** A value of which only something is known: it is one of these, or begins with one of them. */
export interface Guess {
  anyOf: readonly ({ exact: string } | { prefix: string })[];
}

export type ContextValue = string | readonly string[] | Guess;

/** One call, as a policy sees it. */
export interface PolicyRequest {
  principal: Requester;
  /** `ecr:BatchGetImage`. */
  action: string;
  /** An ARN; `*` for an action that knows no resource. */
  resource: string;
  /** The condition keys whose values are known, in any case. A key that is not here is unknown, not absent. */
  context?: Readonly<Record<string, ContextValue>>;
  /** Condition keys that the call is known not to carry. */
  absent?: readonly string[];
}

/**
 * What a policy hangs on: `identity` policies name no principal; `resource` policies do; the policies of VPC endpoints do
 * too, and those of gateway endpoints read an account as its root user alone.
 */
export type PolicyKind = 'identity' | 'resource' | 'endpoint' | 'gateway-endpoint';

/** A policy document: JSON text, URL-encoded as IAM returns it, or parsed. */
export interface NamedPolicy {
  /** What to call it in an answer: `the repository policy`, `inline policy app`. */
  name: string;
  document: unknown;
}

/** A statement of a policy, for showing it. */
export interface StatementRef {
  policy: string;
  /** Its Sid, or its place: `statement 2`. */
  label: string;
  effect: 'Allow' | 'Deny';
  /** The statement itself as JSON text; absent where only its policy is known. */
  text?: string;
}

/** One thing that kept a statement from being decided. */
export interface Unknown {
  what: 'key' | 'operator' | 'variable' | 'value' | 'principal' | 'element';
  /** The condition key, the operator, the variable or the value. */
  name: string;
  /** The operator that asked for the key. */
  operator?: string;
}

/** What one set of policies can say. `delegated`: allowed to the account as a whole, whose IAM policies then decide. */
export type Outcome = 'denied' | 'allowed' | 'delegated' | 'none';

/** A statement that might match, and what would follow if it did. */
export interface Undecided {
  /** Undefined where a whole document could not be read. */
  statement?: StatementRef;
  because: Unknown[];
  would: Exclude<Outcome, 'none'>;
}

/** What some policies say of a request, with the statement that decides. */
export type Decision =
  | { answer: 'denied'; by: StatementRef }
  /** `delegates`: the statement names the account as a whole, so an identity policy has to allow it, too. */
  | { answer: 'allowed'; by: StatementRef; delegates: boolean }
  /** No statement matches: denied by default, unless another policy allows it. */
  | { answer: 'none' }
  /** Not to be decided with what is known; `possible` holds every outcome that is left, at least two. */
  | { answer: 'open'; possible: Outcome[]; undecided: Undecided[] };
