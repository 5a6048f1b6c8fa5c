import { describe, expect, it } from 'vitest';
import { image } from '#diagnostics/checks/image.ts';
import type { ImageFacts } from '#diagnostics/facts/image/image-states.ts';
import { context } from '../facts.ts';
import { known, read } from './known.ts';

const unclear = 'image-pull-failed-unclear';
const digest = `sha256:${'a'.repeat(64)}`;
const there = { byTag: read({ state: 'found' as const, detail: { imageDigest: digest } }) };
const gone = { byTag: read({ state: 'no-image' as const }) };
const credentials = {
  image: { ...known({ image: 'ghcr.io/shop/api:1' }).facts.image, credentials: 'arn:x' },
};

interface Given {
  causes?: string[];
  /** Absent: none of the containers that the task definition names. */
  facts?: Partial<ImageFacts>;
  asked?: boolean;
}

function nextOf({ causes = [], facts, asked = false }: Given): readonly string[] {
  const { revision, question, facts: all } = known({ causes, ...(facts && { facts }) });
  const images = facts ? [all] : [];
  const judged = { judgedRevision: revision, imageStates: read({ question, images }) };
  return image.judge(judged, { ...context, scope: { ...context.scope, images: asked } }).next ?? [];
}

describe('what is asked after the images', () => {
  it.each<[string, Given, string[]]>([
    ['nothing where the text says enough', { causes: ['image-not-found'], facts: gone }, []],
    ['the way to ECR where the image is there', { causes: [unclear], facts: there }, ['network']],
    ['nothing where the image is found to be gone', { causes: [unclear], facts: gone }, []],
    ['the way of a container that ECS adds', { causes: [unclear] }, ['network']],
    ['the secret of a private registry', { causes: ['image-registry-auth'], facts: credentials }, ['iam']],
    [
      'AWS’s own words where the images are the question',
      { facts: gone, asked: true },
      ['stopped-tasks', 'service-state'],
    ],
    ['nothing where they are and nothing is wrong', { facts: there, asked: true }, []],
  ])('%s', (_, given, expected) => {
    expect(nextOf(given)).toEqual(expected);
  });
});
