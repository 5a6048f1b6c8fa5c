import { describe, expect, it } from 'vitest';
import { existenceFindings } from '#diagnostics/checks/image/existence-findings.ts';
import { imageNotes, shownImage } from '#diagnostics/checks/image/image-answer.ts';
import type { ImageFacts } from '#diagnostics/facts/image/image-states.ts';
import { minutesAgo } from '../facts.ts';
import { known, read } from './known.ts';

const one = `sha256:${'a'.repeat(64)}`;
const two = `sha256:${'b'.repeat(64)}`;
const gone = read({ state: 'no-image' as const });
const noRepository = read({ state: 'no-repository' as const });
const hidden = read({ state: 'hidden' as const });
const found = (more: object = {}) => read({ state: 'found' as const, detail: { imageDigest: two, ...more } });
const there = found();
const rule = read({ ecrRepositoryPrefix: 'shop', upstreamRegistryUrl: 'registry-1.docker.io' });
const noRule = read(undefined);
const refused = (missing: string) =>
  ({ ok: false, notChecked: { check: 'x', missing, reason: 'AccessDenied' } }) as const;
const own = '222222222222';
const central = '444444444444';

interface Given {
  owner?: string;
  causes?: string[];
  failedAt?: Date;
  image?: string;
  facts: Partial<ImageFacts>;
}

const said = (given: Given) => existenceFindings(known(given)).map(({ cause, status }) => [cause, status]);

describe('an image that is not where its address says', () => {
  const digest = { byDigest: gone, digest: one, rule: noRule };
  it.each<[string, Given, [string, string][]]>([
    ['tag', { facts: { byTag: gone, rule: noRule } }, [['image-not-found', 'confirmed']]],
    ['repository', { facts: { byTag: noRepository, rule: noRule } }, [['image-not-found', 'confirmed']]],
    ['nothing that may be looked at in another account', { owner: central, facts: { byTag: hidden } }, []],
    ['nothing that may be looked at at all', { facts: { byTag: refused('ecr:DescribeImages') } }, []],
    ['tag, which a rule brings at the next pull', { facts: { byTag: gone, rule } }, []],
    [
      'tag, where the rules are not seen',
      { facts: { byTag: gone, rule: refused('ecr:DescribePullThroughCacheRules') } },
      [['image-not-found', 'likely']],
    ],
    [
      'tag, of another account, which may have a rule',
      { owner: central, facts: { byTag: gone } },
      [['image-not-found', 'likely']],
    ],
    ['repository, which a rule makes', { facts: { byTag: noRepository, rule } }, []],
    [
      'repository, where the rules are not seen',
      { facts: { byTag: noRepository, rule: refused('ecr:DescribePullThroughCacheRules') } },
      [],
    ],
    [
      'repository, of another account',
      { owner: central, facts: { byTag: noRepository } },
      [['image-not-found', 'likely']],
    ],
    [
      'pinned digest, while the tag means another',
      { facts: { byTag: there, ...digest } },
      [['image-version-vanished', 'confirmed']],
    ],
    [
      'pinned digest, and the tag is gone, too',
      { facts: { byTag: gone, ...digest } },
      [['image-version-vanished', 'confirmed']],
    ],
    [
      'digest of what runs, while new tasks take the tag',
      { facts: { byTag: there, ...digest, pinned: false } },
      [],
    ],
    [
      'digest that the task definition names',
      { image: `${own}.dkr.ecr.us-east-1.amazonaws.com/shop/api@${one}`, facts: digest },
      [['image-not-found', 'confirmed']],
    ],
    ['digest, which a rule brings', { facts: { byTag: there, ...digest, rule } }, []],
    [
      'tag, while the pinned digest is there',
      { facts: { byTag: gone, byDigest: there, digest: two, rule: noRule } },
      [],
    ],
    [
      'tag, which is asked for anew at every start',
      { facts: { byTag: gone, byDigest: there, digest: two, rule: noRule, pinned: false } },
      [['image-not-found', 'confirmed']],
    ],
    ['nothing: it is there', { facts: { byTag: there } }, []],
    ['nothing that was asked', { facts: {} }, []],
  ])('by its %s', (_, given, expected) => {
    expect(said(given)).toEqual(expected);
  });
});

describe('every form of an address reaches the repository that it names', () => {
  const host = `${own}.dkr.ecr.us-east-1.amazonaws.com`;
  it.each([
    [`${host}/shop/api:1`, `${own} us-east-1 shop/api imageTag=1`],
    [`${host}/api`, `${own} us-east-1 api imageTag=latest`],
    [`${host}/a/b/c:v1.2_3-x`, `${own} us-east-1 a/b/c imageTag=v1.2_3-x`],
    [`${host}/shop/api@${one}`, `${own} us-east-1 shop/api imageDigest=${one}`],
    [`${host}/shop/api:1@${one}`, `${own} us-east-1 shop/api imageDigest=${one}`],
    [`${own}.dkr.ecr-fips.us-gov-west-1.amazonaws.com/api:1`, `${own} us-gov-west-1 api imageTag=1`],
    [`${own}.dkr.ecr.cn-north-1.amazonaws.com.cn/api:1`, `${own} cn-north-1 api imageTag=1`],
    [`${own}.dkr-ecr.eu-west-1.on.aws/api:1`, `${own} eu-west-1 api imageTag=1`],
    [
      `${central}.dkr.ecr.ap-southeast-2.amazonaws.com/shop/api:1`,
      `${central} ap-southeast-2 shop/api imageTag=1`,
    ],
  ])('%s', (image, expected) => {
    const [account = '', region = '', name = '', id = ''] = expected.split(' ');
    const isDigest = id.startsWith('imageDigest');
    const facts = isDigest ? { byDigest: gone, digest: one, rule: noRule } : { byTag: gone, rule: noRule };
    const [missing] = existenceFindings(known({ image, facts }));
    expect(missing?.cause).toBe('image-not-found');
    expect(missing?.summary).toContain(`ECR in ${region}, account ${account},`);
    expect(missing?.evidence[0]?.cli).toBe(
      `aws ecr describe-images --registry-id ${account} --repository-name ${name} --image-ids ${id} --filter imageStatus=ANY --region ${region}`,
    );
  });

  it.each([
    'nginx',
    'team/app:1',
    'public.ecr.aws/docker/library/redis:7',
    'ghcr.io/org/app:2',
    'localhost:5000/a',
  ])('%s lies where nobody is asked', (image) => {
    expect(said({ image, facts: {} })).toEqual([]);
    expect(shownImage(known({ image, facts: {} })).exists).toBeUndefined();
  });

  it.each<[string, Partial<ImageFacts>, [string, string][]]>([
    ['shop/API:1', {}, [['image-reference-invalid', 'confirmed']]],
    ['', {}, [['image-reference-invalid', 'confirmed']]],
    [`${host}/shop/api:`, {}, [['image-reference-invalid', 'confirmed']]],
    [`${host}/shop/api@sha256:short`, {}, [['image-reference-invalid', 'confirmed']]],
    // What runs was read by somebody who knows better.
    ['shop/API:1', { running: [one] }, []],
  ])('“%s” is none, with %j', (image, facts, expected) => {
    expect(said({ image, facts })).toEqual(expected);
  });
});

describe('an image that is there and cannot be pulled now', () => {
  it.each<[string, Partial<ImageFacts>, [string, string][]]>([
    ['archived', { byTag: found({ imageStatus: 'ARCHIVED' }) }, [['image-archived', 'confirmed']]],
    ['on its way back', { byTag: found({ imageStatus: 'ACTIVATING' }) }, [['image-archived', 'confirmed']]],
    [
      'archived by the digest that is pinned',
      { byTag: there, byDigest: found({ imageStatus: 'ARCHIVED' }) },
      [['image-archived', 'confirmed']],
    ],
    [
      'archived by a tag that no task takes',
      { byTag: found({ imageStatus: 'ARCHIVED' }), byDigest: there },
      [],
    ],
    ['active', { byTag: found({ imageStatus: 'ACTIVE' }) }, []],
    ['of a status that nobody knows yet', { byTag: found({ imageStatus: 'OF_NEXT_YEAR' }) }, []],
  ])('%s', (_, facts, expected) => {
    expect(said({ facts })).toEqual(expected);
  });
});

describe('an image that was pushed after the task that asked for it', () => {
  const failedAt = minutesAgo(20);
  const pushed = (minutes: number) => ({ byTag: found({ imagePushedAt: minutesAgo(minutes) }) });
  it.each<[string, Given, [string, string][]]>([
    [
      'was late',
      { failedAt, causes: ['image-not-found'], facts: pushed(15) },
      [['image-pushed-late', 'confirmed']],
    ],
    [
      'may have been late where AWS does not say what was wrong',
      { failedAt, causes: ['image-pull-failed-unclear'], facts: pushed(15) },
      [['image-pushed-late', 'likely']],
    ],
    ['was there in time', { failedAt, causes: ['image-not-found'], facts: pushed(25) }, []],
    ['is no reason for a refusal', { failedAt, causes: ['image-registry-auth'], facts: pushed(15) }, []],
    ['is new, and nothing failed', { facts: pushed(15) }, []],
  ])('%s', (_, given, expected) => {
    expect(said(given)).toEqual(expected);
  });
});

describe('what is worth knowing and no fault', () => {
  it.each<[string, Partial<ImageFacts>, RegExp]>([
    [
      'a tag that means another digest by now',
      { byTag: there, byDigest: found({ imageDigest: one }), running: [one] },
      /new tasks keep to the one that runs until the next deployment/,
    ],
    [
      'the same, where tasks take the tag',
      { byTag: there, byDigest: found({ imageDigest: one }), running: [one], pinned: false },
      /new tasks take the one that the tag means/,
    ],
    [
      'a tag that is gone while the digest is there',
      { byTag: gone, byDigest: there },
      /is gone; new tasks take its digest, and the next deployment fails/,
    ],
    [
      'a rule that fills the repository',
      { byTag: gone, rule },
      /filled from registry-1\.docker\.io at the first pull/,
    ],
  ])('%s', (_, facts, words) => {
    expect(imageNotes([known({ facts })]).join(' ')).toMatch(words);
  });
});
