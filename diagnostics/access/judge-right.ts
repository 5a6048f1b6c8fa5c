import type { RightReading } from '../facts/access/right-readings.ts';
import { listed } from '../words.ts';
import { judgeKey } from './judge-key.ts';
import {
  allowed,
  byIdentity,
  byPolicy,
  decide,
  type JudgedRight,
  missing,
  open,
  type Policy,
  type RightGrounds,
  type Said,
  unknowns,
} from './judged.ts';
import { accountIn, type Right } from './right.ts';

export type { JudgedRight, RightGrounds } from './judged.ts';

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

function ofReading({ right, reading, policy, grants }: RightReading, grounds: RightGrounds): JudgedRight {
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
  if (right.kind === 'key') return judgeKey(right, said, { policy: own, grants }, grounds);
  if (right.kind === 'mount') return ofMount(right, said, own, grounds);
  return ofOther(right, said, own, grounds);
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
    return byPolicy(right, `${decision.by.label} of the file system policy denies it`, 'resource-deny');
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
  // Neither the ARN nor the simulation says whose bucket it is, and what its own policy and key allow.
  if (said.answer === 'allowed' && (right.kind === 'file' || right.kind === 'bucket')) {
    const unseen =
      right.kind === 'file'
        ? "the bucket's policy, its owner and the key of the file"
        : "the bucket's policy and owner";
    return {
      ...open(right, `${byIdentity(right, said, false).why}; ${unseen} were not looked at`),
      half: true,
    };
  }
  // A parameter and the login to ECR have no policy of their own; across accounts both sides have to allow.
  const alone = right.kind === 'parameter' || right.kind === 'login' || foreign || (policy?.ok ?? false);
  return byIdentity(right, said, alone);
}
