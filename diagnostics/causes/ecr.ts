import { readImage } from '../image/reference.ts';
import type { FixNames } from './cause.ts';

/** Where ECR keeps the image: its own address tells, whatever account and region the task is in. */
interface InEcr {
  account?: string | undefined;
  region?: string | undefined;
  repository?: string | undefined;
  tag?: string | undefined;
  /** The image is known, and in no private registry of ECR. */
  elsewhere: boolean;
}

export function ecrOf({ image, account, region, repository }: FixNames): InEcr {
  const read = image === undefined ? undefined : readImage(image);
  if (read?.valid !== true) return { account, region, repository, elsewhere: false };
  const { registry, tag } = read;
  if (registry.kind !== 'ecr') return { account, region, repository, tag, elsewhere: true };
  return { ...registry, repository: read.repository, tag, elsewhere: false };
}

/** `--registry-id ACCOUNT --repository-name NAME --region REGION`, as far as they are known. */
export function ecrOptions(n: FixNames): string {
  const { account, region, repository = 'REPOSITORY' } = ecrOf(n);
  const registry = n.image === undefined || account === undefined ? '' : `--registry-id ${account} `;
  return `${registry}--repository-name ${repository}${region === undefined ? '' : ` --region ${region}`}`;
}

export function repositoryArn(n: FixNames): string {
  const { account = 'ACCOUNT', region = 'REGION', repository = 'REPOSITORY' } = ecrOf(n);
  return `arn:aws:ecr:${region}:${account}:repository/${repository}`;
}
