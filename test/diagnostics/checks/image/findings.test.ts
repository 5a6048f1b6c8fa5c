import { describe, expect, it } from 'vitest';
import { existenceFindings } from '#diagnostics/checks/image/existence-findings.ts';
import { imageAnswer } from '#diagnostics/checks/image/image-answer.ts';
import { rightFindings } from '#diagnostics/checks/image/right-findings.ts';
import type { ImageFacts } from '#diagnostics/facts/image/image-states.ts';
import type { SimulationReading } from '#diagnostics/policy/read-simulation.ts';
import { known, read } from './known.ts';

const gone = read({ state: 'no-image' as const });
const noRepository = read({ state: 'no-repository' as const });
const there = read({ state: 'found' as const, detail: { imageDigest: 'sha256:b' } });
const rule = read({ ecrRepositoryPrefix: 'shop', upstreamRegistryUrl: 'registry-1.docker.io' });
const noRule = read(undefined);
const hiddenRules = {
  ok: false,
  notChecked: { check: 'x', missing: 'ecr:DescribePullThroughCacheRules', reason: 'AccessDenied' },
} as const;
const central = '444444444444';

describe('an image that is not in its repository', () => {
  it.each<[string, string | undefined, Partial<ImageFacts>, [string, string][]]>([
    ['tag', undefined, { byTag: gone, rule: noRule }, [['image-not-found', 'confirmed']]],
    ['tag, which a rule brings at the next pull', undefined, { byTag: gone, rule }, []],
    [
      'tag, where the rules are not seen',
      undefined,
      { byTag: gone, rule: hiddenRules },
      [['image-not-found', 'likely']],
    ],
    [
      'tag, of another account, which may have a rule',
      central,
      { byTag: gone },
      [['image-not-found', 'likely']],
    ],
    ['repository, which a rule makes', undefined, { byTag: noRepository, rule }, []],
    ['repository, of another account', central, { byTag: noRepository }, [['image-not-found', 'likely']]],
    [
      'digest',
      undefined,
      { byTag: there, byDigest: gone, digest: 'sha256:a', rule: noRule },
      [['image-version-vanished', 'confirmed']],
    ],
    [
      'digest, which a rule brings',
      undefined,
      { byTag: there, byDigest: gone, digest: 'sha256:a', rule },
      [],
    ],
  ])('by its %s', (_, owner, facts, expected) => {
    const found = existenceFindings(known({ ...(owner && { owner }), facts }));
    expect(found.map(({ cause, status }) => [cause, status])).toEqual(expected);
  });

  it('is no reason to call a service broken that a rule serves', () => {
    expect(imageAnswer([known({ facts: { byTag: gone, rule } })])).toMatchObject({ state: 'healthy' });
  });
});

describe('a repository whose policy does not name the role', () => {
  const allowed: SimulationReading = { answer: 'allowed', policies: ['pull'] };
  const right = {
    right: {
      role: 'execution' as const,
      kind: 'image' as const,
      action: 'ecr:BatchGetImage',
      resource: `arn:aws:ecr:us-east-1:${central}:repository/shop/api`,
      thing: 'shop/api',
      cause: 'image-ecr-permission',
      usedBy: [],
      context: {},
    },
    reading: read(allowed),
  };
  const facts = { policy: read({ state: 'none' as const }), rights: [right] };

  it.each([
    ['may still be named by the policy of the registry', { facts }, ['likely']],
    ['and that refused a pull', { facts, causes: ['image-registry-auth'] }, ['confirmed']],
    ['and that a task has pulled from', { facts: { ...facts, pulled: true } }, []],
    ['for a task on an instance', { facts, compute: 'instances' as const }, ['open']],
  ])('%s', (_, given, expected) => {
    const found = rightFindings(known({ owner: central, ...given }));
    expect(found.map(({ status }) => status)).toEqual(expected);
  });

  it('is not what a boundary lacks', () => {
    const bounded = { ...right, reading: read<SimulationReading>({ answer: 'boundary' }) };
    const [found] = rightFindings(known({ facts: { policy: facts.policy, rights: [bounded] } }));
    expect(found?.fix?.summary).toMatch(/^Allow ecr:BatchGetImage on shop\/api in the permissions boundary/);
  });
});
