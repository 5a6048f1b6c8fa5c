import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { type ReadImage, readImage } from './reference.ts';

/** An image that the tasks of a definition pull. */
export interface PulledImage {
  container: string;
  /** As the task definition has it. */
  image: string;
  read: ReadImage;
  /** What its registry is logged in to with; absent: nothing, or the role. */
  credentials?: string;
  /** False where the container asks for its tag anew at every start. */
  versioned: boolean;
}

/** Where an image lies in ECR. */
export interface Repository {
  account: string;
  region: string;
  name: string;
}

export function pulledImages({ containerDefinitions = [] }: TaskDefinition): PulledImage[] {
  return containerDefinitions.map(({ name = '', image = '', repositoryCredentials, versionConsistency }) => ({
    container: name,
    image,
    read: readImage(image),
    ...(repositoryCredentials?.credentialsParameter && {
      credentials: repositoryCredentials.credentialsParameter,
    }),
    versioned: versionConsistency !== 'disabled',
  }));
}

/** Undefined for an image that lies elsewhere. */
export function repositoryOf({ read }: PulledImage): Repository | undefined {
  if (!read.valid || read.registry.kind !== 'ecr') return undefined;
  const { account, region } = read.registry;
  return { account, region, name: read.repository };
}

export function repositoryArn(partition: string, { account, region, name }: Repository): string {
  return `arn:${partition}:ecr:${region}:${account}:repository/${name}`;
}
