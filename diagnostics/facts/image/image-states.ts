import type { PullThroughCacheRule } from '@aws-sdk/client-ecr';
import { groupsOf } from '../../access/groups.ts';
import type { Right } from '../../access/right.ts';
import { rightsOf } from '../../access/rights.ts';
import { defineFact, type FactContext } from '../../fact.ts';
import {
  type PulledImage,
  pulledImages,
  type Repository,
  repositoryArn,
  repositoryOf,
} from '../../image/pulled.ts';
import { type ImageQuestion, imageQuestion } from '../../image/question.ts';
import { readSimulation, type SimulationReading } from '../../policy/read-simulation.ts';
import { readStop } from '../../stops.ts';
import { type JudgedRevision, judgedRevision } from '../access/judged-revision.ts';
import { crashLogs } from '../crash-logs.ts';
import { partOf, type Read } from '../read.ts';
import { type RoleFact, role } from '../role.ts';
import { service } from '../service.ts';
import { serviceRevisions } from '../service-revisions.ts';
import { simulation, simulationKey } from '../simulation.ts';
import { tasks } from '../tasks.ts';
import { imagePlatforms, type Platform } from './platforms.ts';
import {
  ecrImage,
  type ImageState,
  pullThroughRules,
  type RepositoryPolicy,
  repositoryPolicy,
} from './repository.ts';

export interface PullRight {
  right: Right;
  reading: Read<SimulationReading>;
}

/** All that was read of one image. What is absent was not worth asking for. */
export interface ImageFacts {
  image: PulledImage;
  repository?: Repository;
  /** Digests that running tasks of the revision report for it. */
  running: string[];
  /** Whether ECS starts further tasks of the service from the digest that it resolved when it deployed. */
  pinned: boolean;
  byTag?: Read<ImageState>;
  /** The digest that the next task will ask for. */
  digest?: string;
  byDigest?: Read<ImageState>;
  rights?: PullRight[];
  policy?: Read<RepositoryPolicy>;
  /** The rule by which the repository is filled; undefined within: none fits. */
  rule?: Read<PullThroughCacheRule | undefined>;
  platforms?: Read<Platform[] | undefined>;
  /** The role that pulls, where a policy may speak of its tags or its id. */
  role?: Read<RoleFact>;
}

export interface ImageStates {
  question: ImageQuestion;
  images: ImageFacts[];
}

/** Of a task with more containers than this, the others are left out. */
const imagesAtMost = 10;

export const imageStates = defineFact<ImageStates>({
  id: 'image-states',
  what: 'the images',
  actions: [
    ...ecrImage.actions,
    ...repositoryPolicy.actions,
    ...pullThroughRules.actions,
    ...simulation.actions,
    ...imagePlatforms.actions,
    ...role.actions,
    ...crashLogs.actions,
    ...serviceRevisions.actions,
  ],
  async load(context) {
    const { read, settle, scope, target } = context;
    const [revision, known, described] = await Promise.all([
      read(judgedRevision),
      read(tasks),
      target.service === undefined ? undefined : settle(service),
    ]);
    const { definition } = revision;
    const definitions = { [definition.taskDefinitionArn ?? '']: definition };
    const crashed = known.stopped.some(
      (task) =>
        task.taskDefinitionArn === definition.taskDefinitionArn &&
        readStop(task, definitions).explanations[0].cause.startsWith('app-exit'),
    );
    const logs = crashed ? await settle(crashLogs) : undefined;
    const question = imageQuestion({
      ...known,
      definitionArn: definition.taskDefinitionArn,
      definitions,
      logs: logs?.ok ? logs.value : [],
      all: scope.images ?? false,
    });
    if (question.aspects.length === 0) return { question, images: [] };
    const controller = described?.ok ? described.value?.deploymentController?.type : undefined;
    const byEcs = target.service !== undefined && (controller ?? 'ECS') === 'ECS';
    const meant = pulledImages(definition)
      .filter(({ container }) => question.containers.length === 0 || question.containers.includes(container))
      .slice(0, imagesAtMost);
    const images = await Promise.all(
      meant.map(async (image): Promise<ImageFacts> => {
        const running = known.running
          .filter(({ taskDefinitionArn }) => taskDefinitionArn === definition.taskDefinitionArn)
          .flatMap(({ containers = [] }) => containers)
          .flatMap(({ name, imageDigest }) => (name === image.container && imageDigest ? [imageDigest] : []));
        const pinned = byEcs && image.versioned;
        return ofImage(context, revision, question, { image, running: [...new Set(running)], pinned });
      }),
    );
    return { question, images };
  },
});

async function ofImage(
  context: FactContext,
  revision: JudgedRevision,
  question: ImageQuestion,
  facts: ImageFacts,
): Promise<ImageFacts> {
  const { image } = facts;
  const repository = repositoryOf(image);
  if (!repository || !image.read.valid) return facts;
  const looks = (aspect: ImageQuestion['aspects'][number]) => question.aspects.includes(aspect);
  const [existence, rights, policy] = await Promise.all([
    looks('existence') || looks('platform') ? existenceOf(context, question, facts, repository) : {},
    looks('rights') ? rightsToPull(context, revision, repository) : undefined,
    looks('rights') ? context.settle(repositoryPolicy, repository) : undefined,
  ]);
  const found = { ...facts, ...existence, repository };
  const missing = [found.byTag, found.byDigest].some((one) => one?.ok && one.value.state === 'no-repository');
  const isOwn = repository.account === revision.home.account;
  const rule = missing && isOwn ? await ruleFor(context, repository) : undefined;
  const filled = rule?.ok && rule.value !== undefined;
  const first = filled ? await rightsToFill(context, revision, repository) : [];
  const roleArn = revision.executionRoleArn;
  const asks = policy?.ok && policy.value.state === 'policy' && roleArn !== undefined;
  const puller = asks ? partOf('the execution role', await context.settle(role, roleArn)) : undefined;
  const platforms = looks('platform') && !filled ? await platformsOf(context, found, repository) : undefined;
  return {
    ...found,
    ...(rights && { rights: [...rights, ...first] }),
    ...(!rights && first.length > 0 && { rights: first }),
    ...(policy && { policy: partOf(`the policy of the repository ${repository.name}`, policy) }),
    ...(rule && { rule }),
    ...(platforms && { platforms }),
    ...(puller && { role: puller }),
  };
}

/** By its tag and by the digest that further tasks ask for, side by side. */
async function existenceOf(
  { settle }: FactContext,
  { digests, causes }: ImageQuestion,
  { image, running, pinned }: ImageFacts,
  repository: Repository,
): Promise<Pick<ImageFacts, 'byTag' | 'digest' | 'byDigest'>> {
  if (!image.read.valid) return {};
  const { tag, digest: own } = image.read;
  const what = `the image ${image.image}`;
  const ofTag = async () =>
    tag !== undefined && own === undefined
      ? partOf(what, await settle(ecrImage, { ...repository, id: { imageTag: tag } }))
      : undefined;
  const of = async (digest: string | undefined) =>
    digest === undefined
      ? undefined
      : partOf(what, await settle(ecrImage, { ...repository, id: { imageDigest: digest } }));
  const known = own ?? digests[0] ?? (pinned ? running[0] : undefined);
  const [byTag, byDigest] = await Promise.all([ofTag(), of(known)]);
  // The tag is there and the pull failed all the same: what ECS pinned it to stands in the service revision.
  const atTag = byTag?.ok && byTag.value.state === 'found' ? byTag.value.detail.imageDigest : undefined;
  if (known === undefined && pinned && atTag !== undefined && causes.includes('image-not-found')) {
    const revisions = await settle(serviceRevisions);
    const [newest] = revisions.ok ? Object.values(revisions.value) : [];
    const pin = newest?.containerImages?.find(({ containerName }) => containerName === image.container);
    if (pin?.imageDigest !== undefined && pin.image === image.image && pin.imageDigest !== atTag)
      return { byTag, digest: pin.imageDigest, ...optional('byDigest', await of(pin.imageDigest)) };
  }
  return { ...optional('byTag', byTag), ...optional('digest', known), ...optional('byDigest', byDigest) };
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

/** Asked in the same words as the question after all rights, so that one simulation answers both. */
async function rightsToPull(
  context: FactContext,
  revision: JudgedRevision,
  repository: Repository,
): Promise<PullRight[]> {
  const resource = repositoryArn(revision.home.partition, repository);
  const all = rightsOf(revision.definition, revision).filter(
    ({ kind }) => kind === 'login' || kind === 'image',
  );
  const read = await simulated(context, revision, all);
  return read.filter(({ right }) => right.kind === 'login' || right.resource === resource);
}

/** What the first pull through a cache rule needs beside. Source: ECR User Guide, "Creating a pull through cache rule". */
async function rightsToFill(
  context: FactContext,
  revision: JudgedRevision,
  repository: Repository,
): Promise<PullRight[]> {
  const rights = ['ecr:CreateRepository', 'ecr:BatchImportUpstreamImage'].map(
    (action): Right => ({
      role: 'execution',
      kind: 'image',
      action,
      resource: repositoryArn(revision.home.partition, repository),
      thing: repository.name,
      cause: 'image-ecr-permission',
      usedBy: [],
      context: { 'aws:RequestedRegion': repository.region },
    }),
  );
  return revision.executionRoleArn === undefined ? [] : simulated(context, revision, rights);
}

async function simulated(
  { settle }: FactContext,
  revision: JudgedRevision,
  rights: readonly Right[],
): Promise<PullRight[]> {
  const roleArn = revision.executionRoleArn;
  if (roleArn === undefined) return [];
  const read = await Promise.all(
    groupsOf(rights, revision.home, () => roleArn).map(async (group) => {
      const { actions, resources } = group;
      const answer = await settle(
        simulation,
        simulationKey({ roleArn, actions, resources, context: group.context }),
      );
      return group.rights.map((right) => ({
        right,
        reading: partOf(
          'what the role that pulls may do',
          answer.ok
            ? { ok: true as const, value: readSimulation(answer.value, right.action, right.resource) }
            : answer,
        ),
      }));
    }),
  );
  return read.flat();
}

async function ruleFor(
  { settle }: FactContext,
  { region, name }: Repository,
): Promise<Read<PullThroughCacheRule | undefined>> {
  const rules = partOf('the pull-through cache rules', await settle(pullThroughRules, region));
  if (!rules.ok) return rules;
  const fits = rules.value.find(
    ({ ecrRepositoryPrefix: prefix = '' }) => prefix === 'ROOT' || name.startsWith(`${prefix}/`),
  );
  return { ok: true, value: fits };
}

async function platformsOf(
  { settle }: FactContext,
  { image, byTag, byDigest }: ImageFacts,
  repository: Repository,
): Promise<ImageFacts['platforms']> {
  const found = [byDigest, byTag].flatMap((one) =>
    one?.ok && one.value.state === 'found' ? (one.value.detail.imageDigest ?? []) : [],
  )[0];
  if (found === undefined) return undefined;
  return partOf(
    `the platform of ${image.image}`,
    await settle(imagePlatforms, { ...repository, digest: found }),
  );
}
