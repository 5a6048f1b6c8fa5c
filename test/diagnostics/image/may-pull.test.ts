import { describe, expect, it } from 'vitest';
import type { ImageFacts } from '#diagnostics/facts/image/image-states.ts';
import type { RepositoryPolicy } from '#diagnostics/facts/image/repository.ts';
import { pullRights } from '#diagnostics/image/may-pull.ts';
import { readImage } from '#diagnostics/image/reference.ts';
import type { SimulationReading } from '#diagnostics/policy/read-simulation.ts';

const arn = 'arn:aws:iam::222222222222:role/api-execution';
const action = 'ecr:BatchGetImage';

const allowed: SimulationReading = { answer: 'allowed', policies: ['pull'] };
const missing: SimulationReading = { answer: 'missing' };
const open: SimulationReading = {
  answer: 'open',
  why: 'it depends on a tag',
  missingContext: ['aws:PrincipalTag/team'],
};
const denied: SimulationReading = { answer: 'denied', policies: ['guard'] };

function stateOf(owner: string, said: SimulationReading, policy: RepositoryPolicy) {
  const image = `${owner}.dkr.ecr.us-east-1.amazonaws.com/api:1`;
  const facts: ImageFacts = {
    image: { container: 'app', image, read: readImage(image), versioned: true },
    repository: { account: owner, region: 'us-east-1', name: 'api' },
    running: [],
    pulled: false,
    pinned: true,
    policy: { ok: true, value: policy },
    rights: [
      {
        right: {
          role: 'execution',
          kind: 'image',
          action,
          resource: `arn:aws:ecr:us-east-1:${owner}:repository/api`,
          thing: 'api',
          cause: 'image-ecr-permission',
          usedBy: [],
          context: {},
        },
        reading: { ok: true, value: said },
      },
    ],
  };
  const [state] = pullRights(facts, { arn, account: '222222222222' });
  return [state?.state, state?.mend];
}

function policy(effect: string, principal: object | string, condition?: object): RepositoryPolicy {
  const statement = {
    Effect: effect,
    Principal: principal,
    Action: 'ecr:*',
    ...(condition && { Condition: condition }),
  };
  return { state: 'policy', text: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) };
}

const root = { AWS: 'arn:aws:iam::222222222222:root' };
const own = '222222222222';
const foreign = '444444444444';
const none: RepositoryPolicy = { state: 'none' };
const organization = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };

describe('a pull needs the role, and across accounts the repository, too', () => {
  it.each([
    ['own account, role alone', own, allowed, none, 'allowed', []],
    ['own account, nobody allows', own, missing, none, 'denied', ['identity']],
    [
      'own account, the repository allows the role',
      own,
      missing,
      policy('Allow', { AWS: arn }),
      'allowed',
      [],
    ],
    [
      'own account, the repository denies',
      own,
      allowed,
      policy('Deny', { AWS: arn }),
      'denied',
      ['resource'],
    ],
    [
      'own account, a deny that hangs on an organization',
      own,
      allowed,
      policy('Deny', '*', organization),
      'open',
      [],
    ],
    ['own account, the role is denied', own, denied, policy('Allow', '*'), 'denied', ['identity']],
    ['own account, the role is not decided', own, open, none, 'open', []],
    ['other account, both allow', foreign, allowed, policy('Allow', root), 'allowed', []],
    [
      'other account, the role itself is admitted',
      foreign,
      allowed,
      policy('Allow', { AWS: arn }),
      'allowed',
      [],
    ],
    ['other account without a policy', foreign, allowed, none, 'denied', ['resource']],
    ['other account, the role lacks it', foreign, missing, policy('Allow', root), 'denied', ['identity']],
    ['other account, neither allows', foreign, missing, none, 'denied', ['identity', 'resource']],
    [
      'other account, an organization is admitted',
      foreign,
      allowed,
      policy('Allow', '*', organization),
      'open',
      [],
    ],
    ['other account that shows nothing', foreign, allowed, { state: 'hidden' } as const, 'open', []],
    [
      'other account, role denied, policy hidden',
      foreign,
      denied,
      { state: 'hidden' } as const,
      'denied',
      ['identity'],
    ],
  ])('%s', (_, owner, said, what, state, mend) => {
    expect(stateOf(owner, said, what)).toEqual([state, mend]);
  });
});
