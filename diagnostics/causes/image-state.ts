import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { ecrOptions } from './ecr.ts';
import { forceDeployment } from './fixes.ts';

/** Group 1, too: images that are in the registry and cannot be pulled as they stand, and those that came too late. */
export const imageStateCauses: readonly Cause[] = [
  cause('image-version-vanished', 'its pinned image digest is gone', {
    stage: 4,
    owner: 'image',
    meaning:
      'ECS resolved the tag to a digest when it deployed, and that digest was deleted since; tasks that run go on, new ones cannot start.',
    confirm:
      'imageDigest of the service revision against ecr:DescribeImages; the lifecycle policy of the repository.',
    next: ['image', 'deployments'],
    fix: (n) => ({
      summary:
        'Deploy anew so that ECS resolves the tag again, and let the lifecycle policy of the repository spare digests that are in use.',
      cli: `${forceDeployment(n)}\naws ecr get-lifecycle-policy ${ecrOptions(n)}`,
    }),
  }),
  cause('image-archived', 'its image is archived', {
    stage: 4,
    owner: 'image',
    meaning: 'ECR keeps the image in its archive, from which nothing can be pulled until it is restored.',
    confirm: 'imageStatus in ecr:DescribeImages, asked for with the filter imageStatus=ANY.',
    next: ['image'],
    fix: (n) => ({
      summary: `Restore ${n.image ?? 'the image'} in ECR, which takes a while, or deploy a tag that is active; then exempt it from the archiving rule of the lifecycle policy.`,
      cli: `aws ecr update-image-storage-class ${ecrOptions(n)} --image-id imageDigest=${n.resource ?? 'DIGEST'} --target-storage-class STANDARD\n${forceDeployment(n)}`,
    }),
  }),
  cause('image-pushed-late', 'its image was pushed too late', {
    stage: 4,
    severity: 'warn',
    owner: 'image',
    meaning: 'The deployment began before the push of its image had ended; the image is there now.',
    confirm: 'imagePushedAt in ecr:DescribeImages is later than the stop of the tasks.',
    next: ['image', 'deployments'],
    fix: (n) => ({
      summary:
        'Deploy once more, and let the pipeline register the task definition only after the push has ended.',
      cli: forceDeployment(n),
    }),
  }),
];
