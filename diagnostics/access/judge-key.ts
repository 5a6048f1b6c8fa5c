import type { RightReading } from '../facts/access/right-readings.ts';
import { readGrants } from './grants.ts';
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

type OfKey = Pick<RightReading, 'grants'> & { policy: Policy };

/**
 * A key policy has to allow the use itself, or leave it to the account's own policies; a grant allows it beside both.
 * What the policy denies no grant gives back.
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function judgeKey(
  right: Right,
  said: Said,
  { policy, grants }: OfKey,
  grounds: RightGrounds,
): JudgedRight {
  const foreign = accountIn(right.resource) !== grounds.account;
  if (!policy?.ok) return withoutPolicy(right, said, policy, foreign);
  const decision = decide(right, policy.value, 'the key policy', grounds);
  if (decision.answer === 'denied')
    return byPolicy(right, `${decision.by.label} of the key policy denies it`, 'resource-deny');
  if (decision.answer === 'open') {
    const hangs = open(right, `the key policy hangs on ${unknowns(decision)}`);
    return decision.possible.includes('denied') ? hangs : byGrants(hangs, grants, grounds);
  }
  if (decision.answer === 'none')
    return byGrants(
      byPolicy(right, 'the key policy neither allows it nor leaves it to IAM'),
      grants,
      grounds,
    );
  if (!decision.delegates && !foreign) return allowed(right, 'the key policy allows it to the role');
  return byGrants(byIdentity(right, said, false), grants, grounds);
}

function withoutPolicy(right: Right, said: Said, policy: Policy, foreign: boolean): JudgedRight {
  const why = `the policy of the key was not read, and the role ${said.answer === 'allowed' ? 'is allowed it' : 'alone does not decide'}`;
  if (said.answer === 'missing' && foreign) return missing(right, false);
  if (!policy || policy.ok) return open(right, why);
  const state = said.answer === 'allowed' ? ('not-checked' as const) : ('open' as const);
  return { ...open(right, why, policy.notChecked), state };
}

/** What is not allowed without grants, with what they say. Those that were not read leave it open. */
function byGrants(without: JudgedRight, grants: RightReading['grants'], grounds: RightGrounds): JudgedRight {
  const { right, state, why } = without;
  if (state === 'allowed') return without;
  if (!grants?.ok) {
    const unread = `${why}; a grant on the key may allow it, and its grants were not read`;
    return open(right, unread, grants?.notChecked);
  }
  const { found, isWhole } = grants.value;
  const { roleArn, roleId } = grounds;
  const { action, context } = right;
  const said = readGrants(found, { roleArn, roleId, action, context }, { isWhole });
  if (said.answer === 'allowed') return allowed(right, `${said.by} on the key allows it`);
  if (state === 'open') return without;
  if (said.answer === 'open') return open(right, `${why}; ${said.why}`);
  return { ...without, certain: true, why: `${why}, and no grant on the key allows it` };
}
