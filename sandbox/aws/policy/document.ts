/** A policy as people write it: every element that may be one text or a list. */
export interface PolicyDocument {
  Version?: string;
  Id?: string;
  Statement: PolicyStatement[];
}

export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: '*' | Record<string, string | string[]>;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy of a role, under the name that a simulation calls it by. */
export interface SandboxPolicy {
  name: string;
  document: PolicyDocument;
  /** Whether it is a policy of its own that the role has attached; absent: it is an inline one. */
  managed?: boolean;
}

export function list(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
