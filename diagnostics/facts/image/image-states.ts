import type { PullThroughCacheRule } from '@aws-sdk/client-ecr';
import type { Task } from '@aws-sdk/client-ecs';
import { defineFact, type FactContext } from '../../fact.ts';
import { pullsByHost } from '../../image/host-may-pull.ts';
import { type PulledImage, pulledImages, type Repository, repositoryOf } from '../../image/pulled.ts';
import { type ImageQuestion, imageQuestion } from '../../image/question.ts';
import { readStop } from '../../stops.ts';
import { type JudgedRevision, judgedRevision } from '../access/judged-revision.ts';
import { crashLogs } from '../crash-logs.ts';
import { instanceRoles } from '../instance-role.ts';
import { partOf, type Read } from '../read.ts';
import { type RoleFact, role } from '../role.ts';
import { service } from '../service.ts';
import { serviceRevisions } from '../service-revisions.ts';
import { simulation } from '../simulation.ts';
import { tasks } from '../tasks.ts';
import { existenceOf, missingPart, pinnedExistence } from './existence.ts';
import { type HostPullers, hostPullers } from './host-pullers.ts';
import { type ImageHosts, imageHosts } from './image-hosts.ts';
import { imagePlatforms, type Platform } from './platforms.ts';
import { type PullRight, rightsToFill, rightsToPull } from './pull-rights.ts';
import {
  ecrImage,
  type ImageState,
  pullThroughRules,
  type RepositoryPolicy,
  repositoryPolicy,
} from './repository.ts';

/** All that was read of one image. What is absent was not worth asking for. */
export interface ImageFacts {
  image: PulledImage;
  repository?: Repository;
  /** Digests that running tasks of the revision report for it, the newest task's first. */
  running: string[];
  /** Whether a task of the revision has pulled it, and none failed to since. */
  pulled: boolean;
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
  /** What it is to run on, where that is instances and its platforms were asked for. */
  machines?: Read<ImageHosts>;
  /** The role that pulls, where a policy may speak of its tags or its id. */
  role?: Read<RoleFact>;
  /** Who may pull in its place on instances, where the execution role alone does not settle it. */
  hosts?: Read<HostPullers>;
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
    ...imageHosts.actions,
    ...role.actions,
    ...instanceRoles.actions,
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
    const own = (all: readonly Task[]) =>
      all.filter(({ taskDefinitionArn }) => taskDefinitionArn === definition.taskDefinitionArn);
    const stopped = own(known.stopped);
    const hasRun = stopped.some(({ startedAt }) => startedAt !== undefined);
    const crashed = stopped.some((task) =>
      readStop(task, definitions).explanations[0].cause.startsWith('app-exit'),
    );
    const logs = crashed ? await settle(crashLogs) : undefined;
    const question = imageQuestion({
      ...known,
      definitionArn: definition.taskDefinitionArn,
      definitions,
      logs: logs?.ok ? logs.value : [],
      all: scope.images ?? false,
      platform: scope.platform ?? false,
    });
    if (question.aspects.length === 0) return { question, images: [] };
    const controller = described?.ok ? described.value?.deploymentController?.type : undefined;
    const byEcs = target.service !== undefined && (controller ?? 'ECS') === 'ECS';
    const meant = pulledImages(definition)
      .filter(({ container }) => question.containers.length === 0 || question.containers.includes(container))
      .slice(0, imagesAtMost);
    const images = await Promise.all(
      meant.map(async (image): Promise<ImageFacts> => {
        const running = own(known.running)
          .toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))
          .flatMap(({ containers = [] }) => containers)
          .flatMap(({ name, imageDigest }) => (name === image.container && imageDigest ? [imageDigest] : []));
        const pinned = byEcs && image.versioned;
        const pulled = question.causes.length === 0 && (running.length > 0 || hasRun);
        return ofImage(context, revision, question, {
          image,
          running: [...new Set(running)],
          pulled,
          pinned,
        });
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
  const isOwn = repository.account === revision.home.account;
  const [first, rights, policy, early] = await Promise.all([
    looks('existence') || looks('platform') ? existenceOf(context, question, facts, repository) : {},
    looks('rights') ? rightsToPull(context, revision, repository) : undefined,
    looks('rights') ? context.settle(repositoryPolicy, repository) : undefined,
    // What a rule fills is not asked for its platform: ECR would fetch it.
    looks('platform') && isOwn ? ruleFor(context, repository) : undefined,
    // Theirs is then the only role, and takes three calls in a row to find.
    looks('rights') && pullsByHost(revision.launch) && revision.executionRoleArn === undefined
      ? context.settle(instanceRoles)
      : undefined,
  ]);
  const { taskDefinitionArn } = revision.definition;
  const [existence, rule = early] = await Promise.all([
    pinnedExistence(context, taskDefinitionArn, question, facts, repository, first),
    missingPart(first, question) && isOwn ? ruleFor(context, repository) : undefined,
  ]);
  const found = { ...facts, ...existence, repository };
  const missing = missingPart(found, question);
  const filled = rule?.ok && rule.value !== undefined;
  const more = filled && missing ? await rightsToFill(context, revision, repository, missing) : [];
  const hosts = rights
    ? await hostPullers(context, revision, {
        repository,
        missing: filled ? missing : undefined,
        rights: [...rights, ...more],
      })
    : undefined;
  const roleArn = revision.executionRoleArn;
  const asks = policy?.ok && policy.value.state === 'policy' && roleArn !== undefined;
  const puller = asks ? partOf('the execution role', await context.settle(role, roleArn)) : undefined;
  const isKnown = looks('platform') && rule?.ok !== false && !filled;
  const [platforms, machines] = await Promise.all([
    isKnown ? platformsOf(context, found, repository) : undefined,
    isKnown && revision.compute === 'instances' ? context.settle(imageHosts) : undefined,
  ]);
  return {
    ...found,
    ...((rights || more.length > 0) && { rights: [...(rights ?? []), ...more] }),
    ...(policy && { policy: partOf(`the policy of the repository ${repository.name}`, policy) }),
    ...(rule && { rule }),
    ...(platforms && { platforms }),
    ...(machines && { machines: partOf(imageHosts.what, machines) }),
    ...(puller && { role: puller }),
    ...(hosts && { hosts }),
  };
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
