import { describe, expect, it } from 'vitest';
import { imageAnswer } from '#diagnostics/checks/image/image-answer.ts';
import type { ImageFacts } from '#diagnostics/facts/image/image-states.ts';
import { known, read } from './known.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const there = read({ state: 'found' as const, detail: { imageDigest: digest } });
const gone = read({ state: 'no-image' as const });
const hidden = read({ state: 'hidden' as const });
const rule = read({ ecrRepositoryPrefix: 'shop', upstreamRegistryUrl: 'registry-1.docker.io' });
const running = { running: [digest] };

interface Image {
  image?: string;
  owner?: string;
  facts?: Partial<ImageFacts>;
}

const inEcr: Image = { facts: { byTag: there } };
const onHub: Image = { image: 'datadog/agent:7' };
const refused = {
  ok: false,
  notChecked: { check: 'x', missing: 'ecr:DescribeImages', reason: 'AccessDenied' },
} as const;

describe('what is said where nothing is wrong', () => {
  it.each<[string, Image[], string, RegExp]>([
    ['an image in ECR', [inEcr], 'healthy', /^its image is in ECR$/],
    ['several', [inEcr, inEcr], 'healthy', /^2 of 2 images are in ECR$/],
    ['one that a rule brings', [{ facts: { byTag: gone, rule } }], 'healthy', /filled from upstream/],
    [
      'one elsewhere, from which tasks run',
      [{ ...onHub, facts: running }],
      'healthy',
      /running tasks have pulled it/,
    ],
    [
      'one elsewhere, which no task has pulled',
      [onHub],
      'unknown',
      /^could not tell, 1 image lies outside private ECR/,
    ],
    [
      'one in ECR and one elsewhere, which no task has pulled',
      [inEcr, onHub],
      'unknown',
      /^could not tell, 1 of 2 images lies outside private ECR/,
    ],
    [
      'both, from which tasks run',
      [{ facts: { byTag: there, ...running } }, { ...onHub, facts: running }],
      'healthy',
      /1 of 2 images are in ECR, 1 of 2 images lies outside private ECR and running tasks have pulled them/,
    ],
    [
      'one that another account hides',
      [{ owner: '444444444444', facts: { byTag: hidden } }],
      'unknown',
      /cannot be looked at/,
    ],
    [
      'one that was not read',
      [{ facts: { byTag: refused } }],
      'unknown',
      /not allowed to call ecr:DescribeImages/,
    ],
  ])('%s', (_, images, state, headline) => {
    const answer = imageAnswer(images.map(known));
    expect(answer.state).toBe(state);
    expect(answer.headline).toMatch(headline);
  });
});
