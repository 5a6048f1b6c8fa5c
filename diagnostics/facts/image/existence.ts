import type { FactContext } from '../../fact.ts';
import type { Repository } from '../../image/pulled.ts';
import type { ImageQuestion } from '../../image/question.ts';
import { partOf, type Read } from '../read.ts';
import { serviceRevisions } from '../service-revisions.ts';
import type { ImageFacts } from './image-states.ts';
import { ecrImage, type ImageState } from './repository.ts';

export type Existence = Pick<ImageFacts, 'byTag' | 'digest' | 'byDigest'>;

/**
 * By its tag and by the digest that further tasks ask for: side by side where a text or the address names the digest.
 * Most often what runs is what the tag means, so that the one answer tells of both.
 */
export async function existenceOf(
  context: FactContext,
  question: ImageQuestion,
  { image, running, pinned }: ImageFacts,
  repository: Repository,
): Promise<Existence> {
  if (!image.read.valid) return {};
  const { tag, digest: own } = image.read;
  const of = (id: { imageTag: string } | { imageDigest: string }) =>
    stateOf(context, image.image, repository, id);
  const asked = tag !== undefined && own === undefined ? of({ imageTag: tag }) : undefined;
  const told = own ?? toldDigest(question, repository);
  const digest = told ?? (pinned ? running[0] : undefined);
  if (digest === undefined) return asked ? { byTag: await asked } : {};
  const named = told === undefined ? undefined : of({ imageDigest: told });
  const byTag = await asked;
  const isSame =
    byTag?.ok === true && byTag.value.state === 'found' && byTag.value.detail.imageDigest === digest;
  const byDigest = await (named ?? (isSame ? byTag : of({ imageDigest: digest })));
  return { ...(byTag && { byTag }), digest, ...(byDigest && { byDigest }) };
}

/**
 * What ECS pinned the image to, by the newest service revision. It is asked for where the tag is there and the pull
 * failed all the same, where the tag is gone and no task tells what it meant, and where the digest of the tasks that
 * run, which may be those of an earlier deployment, is gone.
 */
export async function pinnedExistence(
  context: FactContext,
  definitionArn: string | undefined,
  question: ImageQuestion,
  { image, pinned }: ImageFacts,
  repository: Repository,
  known: Existence,
): Promise<Existence> {
  const { byTag, byDigest, digest } = known;
  const isNamed = !image.read.valid || image.read.digest !== undefined;
  if (!pinned || isNamed || toldDigest(question, repository) !== undefined) return known;
  const atTag = byTag?.ok && byTag.value.state === 'found' ? byTag.value.detail.imageDigest : undefined;
  const isUntagged = byTag?.ok === true && byTag.value.state === 'no-image';
  // Told that it was not found, a tag that is gone needs no more.
  const isUnknown =
    digest === undefined && (question.causes.includes('image-not-found') ? atTag !== undefined : isUntagged);
  const isGone = byDigest?.ok === true && byDigest.value.state === 'no-image';
  if (!isUnknown && !isGone) return known;
  const revisions = await context.settle(serviceRevisions);
  const [newest] = (revisions.ok ? Object.values(revisions.value) : [])
    .filter(({ taskDefinition }) => taskDefinition === definitionArn)
    .sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
  const pin = newest?.containerImages?.find(({ containerName }) => containerName === image.container);
  const pinnedTo = pin?.image === image.image ? pin.imageDigest : undefined;
  if (pinnedTo === undefined || pinnedTo === (digest ?? atTag)) return known;
  const state = await stateOf(context, image.image, repository, { imageDigest: pinnedTo });
  return { ...known, digest: pinnedTo, byDigest: state };
}

/** A text may name the images of several containers. */
function toldDigest({ digests }: ImageQuestion, repository: Repository): string | undefined {
  return digests.find(({ name }) => `/${name}`.endsWith(`/${repository.name}`))?.digest;
}

async function stateOf(
  { settle }: FactContext,
  image: string,
  repository: Repository,
  id: { imageTag: string } | { imageDigest: string },
): Promise<Read<ImageState>> {
  return partOf(`the image ${image}`, await settle(ecrImage, { ...repository, id }));
}

/**
 * Whether it is not there yet, or no longer. Where AWS's own words say that it was not found, no rule has filled it in
 * a repository that is there.
 */
export function missingPart(
  { byTag, byDigest }: Existence,
  { causes }: ImageQuestion,
): 'repository' | 'image' | undefined {
  const states = [byTag, byDigest].map((one) => (one?.ok ? one.value.state : undefined));
  if (states.includes('no-repository')) return 'repository';
  const told = causes.some((cause) => cause === 'image-not-found' || cause === 'image-version-vanished');
  return states.includes('no-image') && !told ? 'image' : undefined;
}
