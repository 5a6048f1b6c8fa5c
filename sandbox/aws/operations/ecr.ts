import type {
  BatchGetImageRequest,
  BatchGetImageResponse,
  DescribeImagesRequest,
  DescribeImagesResponse,
  DescribePullThroughCacheRulesRequest,
  DescribePullThroughCacheRulesResponse,
  DescribeRepositoriesRequest,
  DescribeRepositoriesResponse,
  GetDownloadUrlForLayerRequest,
  GetDownloadUrlForLayerResponse,
  GetRepositoryPolicyRequest,
  GetRepositoryPolicyResponse,
  ImageDetail,
  ImageIdentifier,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../errors.ts';
import type { Account, SandboxRepository } from '../world.ts';
import { layerAddress } from './ecr-layers.ts';
import { foreignDenied } from './foreign.ts';
import { type CallContext, type Operation, overWorld } from './operation.ts';

interface Named {
  registryId?: string;
  repositoryName?: string;
}

export const ecrOperations: Record<string, Operation> = {
  DescribeImages: ofRepository('DescribeImages', describeImages),
  DescribeRepositories: overWorld(describeRepositories, (input, account) =>
    arnOf({ registryId: input.registryId, repositoryName: input.repositoryNames?.[0] }, account),
  ),
  GetRepositoryPolicy: ofRepository('GetRepositoryPolicy', getRepositoryPolicy),
  DescribePullThroughCacheRules: overWorld(describePullThroughCacheRules),
  BatchGetImage: ofRepository('BatchGetImage', batchGetImage),
  GetDownloadUrlForLayer: {
    run: (input, context) => downloadUrl(input as GetDownloadUrlForLayerRequest, context),
    resource: (input, account) => arnOf(input as Named, account ?? { id: '', region: '' }),
  },
};

/** What another account keeps is refused, unless its repository admits readers from here. */
function ofRepository<Input extends Named, Output>(
  action: string,
  run: (input: Input, account: Account) => Output,
): Operation {
  const own = overWorld(run, arnOf);
  return {
    ...own,
    run(input, context) {
      const { registryId, repositoryName } = input as Input;
      const found = (context.account?.world.repositories ?? []).find(
        ({ repository }) =>
          repository.registryId === registryId && repository.repositoryName === repositoryName,
      );
      if (found?.admitsReaders) return own.run(input, context);
      const place = context.account ?? { id: '', region: '' };
      return foreignDenied(`ecr:${action}`, (asked) => arnOf(asked as Input, place), own).run(input, context);
    },
  };
}

function arnOf(
  { registryId, repositoryName }: Named,
  { id, region }: Pick<Account, 'id' | 'region'>,
): string {
  return `arn:aws:ecr:${region}:${registryId ?? id}:repository/${repositoryName ?? '*'}`;
}

/** @throws RepositoryNotFoundException */
function find({ registryId, repositoryName }: Named, { id, world }: Account): SandboxRepository {
  const registry = registryId ?? id;
  const found = world.repositories?.find(
    ({ repository }) => repository.repositoryName === repositoryName && repository.registryId === registry,
  );
  if (found) return found;
  throw new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${repositoryName}' does not exist in the registry with id '${registry}'`,
  );
}

/** Archived images are left out unless they are asked for. */
function describeImages(input: DescribeImagesRequest, account: Account): DescribeImagesResponse {
  const found = find(input, account);
  const { repository } = found;
  const wanted = input.filter?.imageStatus ?? 'ACTIVE';
  const images = found.images
    .filter(({ imageStatus = 'ACTIVE' }) => wanted === 'ANY' || imageStatus === wanted)
    .map((image) => ({
      registryId: repository.registryId,
      repositoryName: repository.repositoryName,
      imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactMediaType: 'application/vnd.oci.image.config.v1+json',
      imageStatus: 'ACTIVE' as const,
      ...image,
    }));
  if (!input.imageIds) return { imageDetails: images };
  return {
    imageDetails: input.imageIds.map((id) => {
      const image = images.find((one) => isMeant(one, id));
      if (image) return image;
      throw new AwsError(
        'ImageNotFoundException',
        `The image with imageId {imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'} does not exist within the repository with name '${repository.repositoryName}' in the registry with id '${repository.registryId}'`,
      );
    }),
  };
}

function isMeant({ imageDigest, imageTags = [] }: ImageDetail, id: ImageIdentifier): boolean {
  if (id.imageDigest !== undefined && id.imageDigest !== imageDigest) return false;
  return id.imageTag === undefined || imageTags.includes(id.imageTag);
}

function describeRepositories(
  input: DescribeRepositoriesRequest,
  account: Account,
): DescribeRepositoriesResponse {
  const registryId = input.registryId ?? account.id;
  if (input.repositoryNames) {
    return {
      repositories: input.repositoryNames.map(
        (repositoryName) => find({ registryId, repositoryName }, account).repository,
      ),
    };
  }
  const all = (account.world.repositories ?? []).map(({ repository }) => repository);
  return { repositories: all.filter((one) => one.registryId === registryId) };
}

function getRepositoryPolicy(
  input: GetRepositoryPolicyRequest,
  account: Account,
): GetRepositoryPolicyResponse {
  const { repository, policy } = find(input, account);
  const { registryId, repositoryName } = repository;
  if (policy !== undefined) return { registryId, repositoryName, policyText: policy };
  throw new AwsError(
    'RepositoryPolicyNotFoundException',
    `Repository policy does not exist for the repository with name '${repositoryName}' in the registry with id '${registryId}'`,
  );
}

function describePullThroughCacheRules(
  { ecrRepositoryPrefixes }: DescribePullThroughCacheRulesRequest,
  { world }: Account,
): DescribePullThroughCacheRulesResponse {
  const rules = world.pullThroughCacheRules ?? [];
  return {
    pullThroughCacheRules: rules.filter(
      ({ ecrRepositoryPrefix = '' }) => ecrRepositoryPrefixes?.includes(ecrRepositoryPrefix) ?? true,
    ),
  };
}

/** Unlike DescribeImages this tells of what is missing in the answer, and does not fail. */
function batchGetImage(input: BatchGetImageRequest, account: Account): BatchGetImageResponse {
  const { repository, images, manifests = {} } = find(input, account);
  const { registryId, repositoryName } = repository;
  const ids = input.imageIds ?? [];
  const found = ids.map((id) => ({ id, image: images.find((one) => isMeant(one, id)) }));
  return {
    images: found.flatMap(({ id, image }) => {
      const imageManifest = manifests[image?.imageDigest ?? ''];
      if (!image || imageManifest === undefined) return [];
      return [
        {
          registryId,
          repositoryName,
          imageId: { ...id, imageDigest: image.imageDigest },
          imageManifest,
          imageManifestMediaType: image.imageManifestMediaType,
        },
      ];
    }),
    failures: found.flatMap(({ id, image }) =>
      image
        ? []
        : [
            {
              imageId: id,
              failureCode: 'ImageNotFound' as const,
              failureReason: 'Requested image not found',
            },
          ],
    ),
  };
}

/** Layers, and the configuration among them, are fetched from the address in the answer, without a signature. */
function downloadUrl(
  { registryId, repositoryName, layerDigest = '' }: GetDownloadUrlForLayerRequest,
  { account, url }: CallContext,
): GetDownloadUrlForLayerResponse {
  if (!account) throw new Error('A layer belongs to an account.');
  const { repository, layers } = find({ registryId, repositoryName }, account);
  if (layers?.[layerDigest] === undefined) {
    throw new AwsError(
      'LayersNotFoundException',
      `The layer with digest '${layerDigest}' does not exist in the repository with name '${repositoryName}' in the registry with id '${repository.registryId}'`,
    );
  }
  return { downloadUrl: layerAddress(url, layerDigest), layerDigest };
}
