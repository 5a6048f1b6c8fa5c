import type { Cause } from './cause.ts';
import { cause } from './define.ts';
import { forceDeployment } from './fixes.ts';

/** Group 1, too: images that are in the registry and cannot be pulled as they stand, and those that came too late. */
export const imageStateCauses: readonly Cause[] = [
  cause('image-archived', 'its image is archived', {
    stage: 4,
    owner: 'image',
    meaning: 'ECR keeps the image in its archive, from which nothing can be pulled until it is restored.',
    confirm: 'imageStatus in ecr:DescribeImages, asked for with the filter imageStatus=ANY.',
    next: ['image'],
    fix: (n) => ({
      summary: `Restore ${n.image ?? 'the image'} in ECR, which takes a while, or deploy a tag that is active; then exempt it from the archiving rule of the lifecycle policy.`,
      cli: `aws ecr update-image-storage-class --repository-name ${n.repository ?? 'REPOSITORY'} --image-id imageDigest=${n.resource ?? 'DIGEST'} --target-storage-class STANDARD${n.region ? ` --region ${n.region}` : ''}\n${forceDeployment(n)}`,
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
