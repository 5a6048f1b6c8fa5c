import { nobody, type Probe } from './probe.ts';

const noDigest = `sha256:${'0'.repeat(64)}`;

/** How the actions are tried that look at images. */
export const imageProbes: Readonly<Record<string, Probe>> = {
  'ecr:DescribeImages': (aws) =>
    aws.ecr.describeImages({ repositoryName: nobody, imageIds: [{ imageTag: nobody }] }),
  'ecr:GetRepositoryPolicy': (aws) => aws.ecr.getRepositoryPolicy({ repositoryName: nobody }),
  'ecr:DescribePullThroughCacheRules': (aws) => aws.ecr.describePullThroughCacheRules({ maxResults: 1 }),
  'ecr:BatchGetImage': (aws) =>
    aws.ecr.batchGetImage({ repositoryName: nobody, imageIds: [{ imageDigest: noDigest }] }),
  'ecr:GetDownloadUrlForLayer': (aws) =>
    aws.ecr.getDownloadUrlForLayer({ repositoryName: nobody, layerDigest: noDigest }),
};
