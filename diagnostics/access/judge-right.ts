import type { RightReading } from '../facts/access/right-readings.ts';
import type { Read } from '../facts/read.ts';
import { evaluatePolicies } from '../policy/evaluate.ts';
import type { SimulationReading } from '../policy/read-simulation.ts';
import type { Decision, PolicyRequest } from '../policy/types.ts';
import type { NotChecked } from '../report.ts';
import { listed } from '../words.ts';
import { accountIn, type Right } from './right.ts';

/** What comes of a right when all that is known is put together. */
export interface JudgedRight {
  right: Right;
  state: 'allowed' | 'denied' | 'open' | 'not-checked';
  /** Of a denial: proven, or only as good as certain, since a policy that nobody read may allow it. */
  certain: boolean;
  /** A clause without full stop: what allows or denies it, or what keeps it open. */
  why: string;
  /** Who has to change it. `role`: one more statement is enough. */
  mend: 'role' | 'deny' | 'boundary' | 'resource' | 'none';
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

/** Puts a simulation and the policy of the resource together, three-valued. */
export function judgeRight(reading: RightReading, grounds: RightGrounds): JudgedRight {
  const judged = ofReading(reading, grounds);
  const { kind } = judged.right;
  const pulls = kind === 'login' || kind === 'image';
  if (!grounds.onInstance || !pulls || judged.state !== 'denied') return judged;
  return {
    ...judged,
    state: 'open',
    certain: false,
    why: `${judged.why}; the role of the instance may pull`,
  };
}

function ofReading({ right, reading, policy }: RightReading, grounds: RightGrounds): JudgedRight {
  if (!reading.ok) {
    return {
      right,
      state: 'not-checked',
      certain: false,
      why: 'not checked',
      mend: 'none',
      notChecked: reading.notChecked,
    };
  }
  const said = reading.value;
  if (said.answer === 'denied') {
    const where = said.policies.length === 0 ? 'a policy' : listed(said.policies);
    return { right, state: 'denied', certain: true, why: `an explicit deny in ${where}`, mend: 'deny' };
  }
  if (said.answer === 'boundary') {
    return {
      right,
      state: 'denied',
      certain: true,
      why: 'the permissions boundary of the role does not allow it',
      mend: 'boundary',
    };
  }
  const own = policy ?? grounds.policyOf(right);
  // A policy on the resource names roles, and here none is known.
  if (grounds.roleArn === '' && said.answer === 'open' && !(own?.ok && own.value === undefined))
    return open(right, said.why);
  if (right.kind === 'key') return ofKey(right, said, own, grounds);
  if (right.kind === 'mount') return ofMount(right, said, own, grounds);
  return ofOther(right, said, own, grounds);
}

type Said = Exclude<SimulationReading, { answer: 'denied' | 'boundary' }>;
type Policy = Read<string | undefined> | undefined;

/**
 * A key policy has to allow the use itself, or leave it to the account's own policies. A grant allows it beside both
 * and is not looked at, so that a missing allow is never certain.
 */
function ofKey(right: Right, said: Said, policy: Policy, grounds: RightGrounds): JudgedRight {
  const foreign = accountIn(right.resource) !== grounds.account;
  if (!policy?.ok) {
    const why = `the policy of the key was not read, and the role ${said.answer === 'allowed' ? 'is allowed it' : 'alone does not decide'}`;
    if (said.answer === 'missing' && foreign) return missing(right, false);
    if (policy && !policy.ok) {
      return {
        right,
        state: said.answer === 'allowed' ? 'not-checked' : 'open',
        certain: false,
        why,
        mend: 'none',
        notChecked: policy.notChecked,
      };
    }
    return { right, state: 'open', certain: false, why, mend: 'none' };
  }
  const decision = decide(right, policy.value, 'the key policy', grounds);
  if (decision.answer === 'denied')
    return byPolicy(right, `${decision.by.label} of the key policy denies it`);
  if (decision.answer === 'none')
    return { ...byPolicy(right, 'the key policy neither allows it nor leaves it to IAM'), certain: false };
  if (decision.answer === 'open') return open(right, `the key policy hangs on ${unknowns(decision)}`);
  if (!decision.delegates && !foreign) return allowed(right, 'the key policy allows it to the role');
  return byIdentity(right, said, false);
}

/** Without a policy a file system lets every client mount; with one, either side may allow it. */
function ofMount(right: Right, said: Said, policy: Policy, grounds: RightGrounds): JudgedRight {
  if (!policy) return open(right, 'the policy of the file system was not looked at');
  if (!policy.ok) {
    return said.answer === 'allowed'
      ? {
          right,
          state: 'not-checked',
          certain: false,
          why: 'the policy of the file system was not read',
          mend: 'none',
          notChecked: policy.notChecked,
        }
      : open(
          right,
          'the policy of the file system was not read, and without one every client may mount',
          policy.notChecked,
        );
  }
  if (policy.value === undefined)
    return allowed(right, 'the file system has no policy, and then lets every client mount');
  const decision = decide(right, policy.value, 'the file system policy', grounds);
  if (decision.answer === 'denied')
    return byPolicy(right, `${decision.by.label} of the file system policy denies it`);
  if (decision.answer === 'allowed' && !decision.delegates)
    return allowed(right, 'the file system policy allows it');
  if (decision.answer === 'open' && said.answer !== 'allowed')
    return open(right, `the file system policy hangs on ${unknowns(decision)}`);
  if (decision.answer === 'open' && decision.possible.includes('denied'))
    return open(right, `the file system policy may deny it: it hangs on ${unknowns(decision)}`);
  return byIdentity(right, said, true);
}

function ofOther(right: Right, said: Said, policy: Policy, grounds: RightGrounds): JudgedRight {
  const owner = right.owner ?? accountIn(right.resource);
  const foreign = owner !== '' && owner !== grounds.account;
  if (said.answer === 'missing' && policy?.ok && policy.value !== undefined && !foreign) {
    const decision = decide(right, policy.value, 'the policy of the secret', grounds);
    if (decision.answer === 'allowed' && !decision.delegates)
      return allowed(right, 'the policy of the secret allows it');
    if (decision.answer === 'open')
      return open(right, `the policy of the secret hangs on ${unknowns(decision)}`);
    return missing(right, true);
  }
  if (said.answer === 'allowed' && foreign) {
    return open(
      right,
      right.kind === 'image'
        ? `account ${owner} owns it, and image tells whether its policy lets this role in`
        : `account ${owner} owns it, and whether its policy lets this role in was not looked at`,
    );
  }
  // A parameter and the login to ECR have no policy of their own; across accounts both sides have to allow.
  const alone = right.kind === 'parameter' || right.kind === 'login' || foreign || (policy?.ok ?? false);
  return byIdentity(right, said, alone);
}

function byIdentity(right: Right, said: Said, certain: boolean): JudgedRight {
  if (said.answer === 'allowed') {
    return allowed(
      right,
      said.policies.length === 0 ? 'its policies allow it' : `allowed by ${listed(said.policies)}`,
    );
  }
  if (said.answer === 'missing') return missing(right, certain);
  return open(right, said.why);
}

function decide(
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

function unknowns({ undecided }: Extract<Decision, { answer: 'open' }>): string {
  const names = [...new Set(undecided.flatMap(({ because }) => because.map(({ name }) => name)))];
  return names.length === 0 ? 'something that is not known' : listed(names.slice(0, 4));
}

function allowed(right: Right, why: string): JudgedRight {
  return { right, state: 'allowed', certain: true, why, mend: 'none' };
}

function open(right: Right, why: string, notChecked?: NotChecked): JudgedRight {
  return { right, state: 'open', certain: false, why, mend: 'none', ...(notChecked && { notChecked }) };
}

function missing(right: Right, certain: boolean): JudgedRight {
  return { right, state: 'denied', certain, why: 'no policy of the role allows it', mend: 'role' };
}

function byPolicy(right: Right, why: string): JudgedRight {
  return { right, state: 'denied', certain: true, why, mend: 'resource' };
}
