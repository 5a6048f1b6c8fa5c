import type { LabelledLine } from './area-words.ts';
import type { Images, ShownImage } from './image-details.ts';

const registries = {
  'ecr-public': 'public ECR, which nobody is asked about',
  'docker-hub': 'Docker Hub, which nobody is asked about',
  other: 'a registry outside AWS, which nobody is asked about',
} as const;
const existence = { yes: 'exists', no: 'not found', archived: 'archived', unknown: 'not looked at' } as const;
const rights = { yes: 'may pull', no: 'may not pull', open: 'open', 'not-checked': 'not checked' } as const;

/** A line for each container: what it is started from, and who pulls it. The same in Slack and in a terminal. */
export function imageLines({ images }: Images): LabelledLine[] {
  return images.map((image) => ({ label: image.container, text: `${nameOf(image)}: ${stateOf(image)}` }));
}

/** Without the host of ECR, which every image of an account shares. */
function nameOf({ reference }: ShownImage): string {
  return reference
    .replace(/^\d{12}\.dkr[.-]ecr[^/]*\//, '')
    .replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/, '$1…');
}

function stateOf(image: ShownImage): string {
  if (image.registry === 'invalid') return image.why ?? 'no valid address';
  if (image.registry !== 'ecr') return registries[image.registry];
  const { exists, pushedAt, bytes, platforms, pulledBy, allowed, why } = image;
  return [
    exists && existence[exists],
    bytes === undefined ? undefined : `${megabytes(bytes)} MB`,
    pushedAt && `pushed ${pushedAt.slice(0, 10)}`,
    platforms?.join(', '),
    digests(image),
    allowed &&
      `${pulledBy?.split('/').at(-1) ?? 'the role'}: ${rights[allowed]}${allowed === 'yes' || !why ? '' : `, ${why}`}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function digests({ runningDigest, tagDigest }: ShownImage): string | undefined {
  if (runningDigest === undefined || tagDigest === undefined) return undefined;
  return runningDigest === tagDigest
    ? 'its tasks run what the tag means'
    : `its tasks run ${short(runningDigest)}, and the tag now means ${short(tagDigest)}`;
}

function short(digest: string): string {
  return `${digest.slice(0, 19)}…`;
}

export function megabytes(bytes: number): number {
  return Math.max(1, Math.round(bytes / 1e6));
}
