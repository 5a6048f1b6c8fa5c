import { describe, expect, it } from 'vitest';
import type { HostPullers } from '#diagnostics/facts/image/host-pullers.ts';
import type { ImageFacts } from '#diagnostics/facts/image/image-states.ts';
import { hostsMayPull } from '#diagnostics/image/host-may-pull.ts';
import { readImage } from '#diagnostics/image/reference.ts';
import type { SimulationReading } from '#diagnostics/policy/read-simulation.ts';

const account = '222222222222';
const image = `${account}.dkr.ecr.us-east-1.amazonaws.com/api:1`;
const allowed: SimulationReading = { answer: 'allowed', policies: [] };
const missing: SimulationReading = { answer: 'missing' };
const open: SimulationReading = { answer: 'open', why: 'it depends', missingContext: ['aws:SourceVpc'] };

function puller(name: string, value: SimulationReading): HostPullers['pullers'][number] {
  const resource = `arn:aws:ecr:us-east-1:${account}:repository/api`;
  return {
    role: { arn: `arn:aws:iam::${account}:role/${name}`, name, profile: name, hosts: [] },
    rights: [
      {
        right: {
          role: 'execution',
          kind: 'image',
          action: 'ecr:BatchGetImage',
          resource,
          thing: 'api',
          cause: 'image-ecr-permission',
          usedBy: [],
          context: {},
        },
        reading: { ok: true, value },
      },
    ],
  };
}

function answerOf(hosts: ImageFacts['hosts']) {
  const facts: ImageFacts = {
    image: { container: 'app', image, read: readImage(image), versioned: true },
    repository: { account, region: 'us-east-1', name: 'api' },
    running: [],
    pulled: false,
    pinned: true,
    policy: { ok: true, value: { state: 'none' } },
    ...(hosts && { hosts }),
  };
  const verdict = hostsMayPull(facts, account);
  return verdict && [verdict.answer, verdict.role?.name];
}

const of = (pullers: HostPullers['pullers'], says?: string): ImageFacts['hosts'] => ({
  ok: true,
  value: { pullers, ...(says && { says }) },
});

describe('whether the roles of the instances may pull', () => {
  const cases: [string, ImageFacts['hosts'], ReturnType<typeof answerOf>][] = [
    ['is no question where they have no part in it', undefined, undefined],
    ['is yes for a role that is allowed', of([puller('a', allowed)]), ['can', 'a']],
    ['is no for a role that nothing allows it', of([puller('a', missing)]), ['cannot', 'a']],
    ['is open for a role that hangs on a condition', of([puller('a', open)]), ['open', 'a']],
    ['is no only where no role may', of([puller('a', missing), puller('b', missing)]), ['cannot', 'a']],
    [
      'is open where one role may and another not',
      of([puller('a', allowed), puller('b', missing)]),
      ['open', 'b'],
    ],
    ['is open where an instance has no profile', of([puller('a', missing)], 'one has none'), ['open', 'a']],
    ['is open where no instance is found', of([], 'none found'), ['open', undefined]],
    [
      'is open where the role cannot be read',
      { ok: false, notChecked: { check: 'x', reason: 'AccessDenied', missing: 'iam:GetInstanceProfile' } },
      ['open', undefined],
    ],
  ];
  it.each(cases)('%s', (_, hosts, expected) => {
    expect(answerOf(hosts)).toEqual(expected);
  });
});
