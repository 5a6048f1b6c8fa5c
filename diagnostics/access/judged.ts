import type { Read } from '../facts/read.ts';
import { evaluatePolicies } from '../policy/evaluate.ts';
import type { SimulationReading } from '../policy/read-simulation.ts';
import type { Decision, PolicyRequest } from '../policy/types.ts';
import type { NotChecked } from '../report.ts';
import { listed } from '../words.ts';
import type { Right } from './right.ts';

/** What comes of a right when all that is known is put together. */
export interface JudgedRight {
  right: Right;
  state: 'allowed' | 'denied' | 'open' | 'not-checked';
  /** Of a denial: proven, or only as good as certain, since a policy that nobody read may allow it. */
  certain: boolean;
  /** A clause without full stop: what allows or denies it, or what keeps it open. */
  why: string;
  /** Who has to change it. `role`, `resource`: one more statement is enough; beside a deny none is. */
  mend: 'role' | 'deny' | 'boundary' | 'resource' | 'resource-deny' | 'none';
  /** Of an open one: the role is allowed it, and the side of the resource was not looked at. */
  half?: boolean;
  /** Why it could not be judged. */
  notChecked?: NotChecked;
}

/** What the judgement of a right may draw on beside the simulation. */
export interface RightGrounds {
  account: string;
  roleArn: string;
  roleId?: string | undefined;
  /** Whether an agent on an instance pulls, which may do so with the role of the instance. */
  onInstance?: boolean;
  /** JSON text of the policy on the key or file system; undefined within: it has none. Absent: not looked for. */
  policyOf(right: Right): Read<string | undefined> | undefined;
}

/** What a simulation says that does not deny by itself. */
export type Said = Exclude<SimulationReading, { answer: 'denied' | 'boundary' }>;
export type Policy = Read<string | undefined> | undefined;

export function byIdentity(right: Right, said: Said, certain: boolean): JudgedRight {
  if (said.answer === 'allowed') {
    return allowed(
      right,
      said.policies.length === 0 ? 'its policies allow it' : `allowed by ${listed(said.policies)}`,
    );
  }
  if (said.answer === 'missing') return missing(right, certain);
  return open(right, said.why);
}

export function decide(
  right: Right,
  document: string | undefined,
  name: string,
  { roleArn, roleId, account }: RightGrounds,
): Decision {
  const request: PolicyRequest = {
    principal: { arn: roleArn, account, ...(roleId && { id: roleId }) },
    action: right.action,
    resource: right.resource,
    context: {
      'aws:PrincipalArn': roleArn,
      'aws:PrincipalAccount': account,
      'aws:SecureTransport': 'true',
      ...right.context,
    },
  };
  return evaluatePolicies([{ name, document }], request, 'resource');
}

export function unknowns({ undecided }: Extract<Decision, { answer: 'open' }>): string {
  const names = [...new Set(undecided.flatMap(({ because }) => because.map(({ name }) => name)))];
  return names.length === 0 ? 'something that is not known' : listed(names.slice(0, 4));
}

export function allowed(right: Right, why: string): JudgedRight {
  return { right, state: 'allowed', certain: true, why, mend: 'none' };
}

export function open(right: Right, why: string, notChecked?: NotChecked): JudgedRight {
  return { right, state: 'open', certain: false, why, mend: 'none', ...(notChecked && { notChecked }) };
}

export function missing(right: Right, certain: boolean): JudgedRight {
  return { right, state: 'denied', certain, why: 'no policy of the role allows it', mend: 'role' };
}

export function byPolicy(
  right: Right,
  why: string,
  mend: 'resource' | 'resource-deny' = 'resource',
): JudgedRight {
  return { right, state: 'denied', certain: true, why, mend };
}
