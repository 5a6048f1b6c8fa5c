/** What a right is about, for the words of an answer. */
export type RightKind =
  | 'secret'
  | 'parameter'
  | 'key'
  | 'stream'
  | 'group'
  | 'file'
  | 'bucket'
  | 'login'
  | 'image'
  | 'mount'
  | 'call';

/** The role of instances: what acts where the task definition names no role, or where the program finds no other. */
export interface HostRole {
  arn: string;
  /** Why there may be others: a clause. */
  says?: string;
}

/** One action on one resource that a role needs. */
export interface Right {
  role: 'execution' | 'task';
  kind: RightKind;
  action: string;
  /** ARN, or `*` for an action that knows no resource. */
  resource: string;
  /** The resource for a person: `prod/payments/database`. */
  thing: string;
  /** Cause id of a task that lacks it. */
  cause: string;
  /** Containers and variables that need it. */
  usedBy: string[];
  /** Condition keys whose values are known, beside those that every call has. */
  context: Record<string, string>;
  /** Who owns the resource, where its ARN does not say that. */
  owner?: string;
  /** Of a secret named by less than its whole ARN: under which key it is described. Policies name the whole ARN. */
  lookup?: string;
  /** Absent: the role that the revision names is asked. */
  by?: HostRole;
}

/** Rights on the same resource by the same action are one, whoever uses them. */
export function distinctRights(rights: readonly Right[]): Right[] {
  const joined = new Map<string, Right>();
  for (const right of rights) {
    const key = rightKey(right);
    const known = joined.get(key);
    joined.set(key, known ? { ...known, usedBy: [...new Set([...known.usedBy, ...right.usedBy])] } : right);
  }
  return [...joined.values()];
}

export function rightKey({
  role,
  by,
  action,
  resource,
}: Pick<Right, 'role' | 'by' | 'action' | 'resource'>): string {
  return `${by?.arn ?? role} ${action} ${resource}`;
}

/** The account that an ARN names; empty for those that name none, a bucket's among them. */
export function accountIn(arn: string): string {
  return arn.split(':')[4] ?? '';
}
