import type { ImageDetail, PullThroughCacheRule } from '@aws-sdk/client-ecr';
import { defineFact } from '../../fact.ts';
import type { Repository } from '../../image/pulled.ts';

/** What ECR says of one image: each answer is another verdict. */
export type ImageState =
  | { state: 'found'; detail: ImageDetail }
  | { state: 'no-image' }
  | { state: 'no-repository' }
  /** Another account owns the repository, and its policy does not let this program look. */
  | { state: 'hidden' };

export interface ImageKey extends Repository {
  id: { imageTag: string } | { imageDigest: string };
}

/** An image by its tag or its digest, in the account and region that its address names. */
export const ecrImage = defineFact<ImageState, ImageKey>({
  id: 'ecr-image',
  what: 'the image in ECR',
  actions: ['ecr:DescribeImages'],
  async load({ awsIn }, { account, region, name, id }) {
    try {
      const { imageDetails = [] } = await awsIn(region).ecr.describeImages({
        registryId: account,
        repositoryName: name,
        imageIds: [id],
        // Without it ECR leaves out what is archived, as if it were not there.
        filter: { imageStatus: 'ANY' },
      });
      const [detail] = imageDetails;
      return detail ? { state: 'found', detail } : { state: 'no-image' };
    } catch (error) {
      const known = errorName(error);
      if (known === 'ImageNotFoundException') return { state: 'no-image' };
      if (known === 'RepositoryNotFoundException') return { state: 'no-repository' };
      if (isOwnersRefusal(error)) return { state: 'hidden' };
      throw error;
    }
  },
});

/** What a repository lets others do. */
export type RepositoryPolicy =
  | { state: 'policy'; text: string }
  | { state: 'none' }
  | { state: 'no-repository' }
  | { state: 'hidden' };

export const repositoryPolicy = defineFact<RepositoryPolicy, Repository>({
  id: 'repository-policy',
  what: 'the policy of the repository',
  actions: ['ecr:GetRepositoryPolicy'],
  async load({ awsIn }, { account, region, name }) {
    try {
      const { policyText } = await awsIn(region).ecr.getRepositoryPolicy({
        registryId: account,
        repositoryName: name,
      });
      return policyText === undefined ? { state: 'none' } : { state: 'policy', text: policyText };
    } catch (error) {
      const known = errorName(error);
      if (known === 'RepositoryPolicyNotFoundException') return { state: 'none' };
      if (known === 'RepositoryNotFoundException') return { state: 'no-repository' };
      if (isOwnersRefusal(error)) return { state: 'hidden' };
      throw error;
    }
  },
});

/** Rules by which the account's registry fills repositories from elsewhere; a key is a region. */
export const pullThroughRules = defineFact<PullThroughCacheRule[], string>({
  id: 'pull-through-rules',
  what: 'the pull-through cache rules',
  actions: ['ecr:DescribePullThroughCacheRules'],
  async load({ awsIn }, region) {
    return (await awsIn(region).ecr.describePullThroughCacheRules({})).pullThroughCacheRules ?? [];
  },
});

function errorName(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}

/** A refusal by the owner's policy is an answer; one by the policies of this program's own role is a right it lacks. */
function isOwnersRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name.startsWith('AccessDenied') &&
    error.message.includes('no resource-based policy allows')
  );
}
