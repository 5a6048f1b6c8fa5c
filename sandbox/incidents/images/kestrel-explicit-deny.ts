import { ecrImage, roleArn } from '../build/names.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { refusedPull } from './refused-pull.ts';

/** In the own account the role is enough, unless the repository denies it. */
export const kestrelExplicitDeny: Incident = {
  name: 'kestrel-explicit-deny',
  title: 'the policy of the repository of kestrel:4 denies its execution role',
  environment: 'prod',
  ask: 'why-stopped kestrel prod',
  expected: { state: 'problem', cause: 'image-ecr-repo-policy', status: 'confirmed' },
  world(now, place) {
    const image = ecrImage(place, 'kestrel', '2.0.0');
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyTheBuild',
          Effect: 'Deny',
          Principal: { AWS: roleArn(place, 'kestrel-execution') },
          Action: 'ecr:BatchGetImage',
        },
      ],
    });
    const repository = {
      repository: repositoryNamed(place, 'kestrel'),
      images: [imageDetail(image, before(now)(60))],
      policy,
    };
    return refusedPull(place, now, {
      service: 'kestrel',
      image,
      says: 'pull image manifest has been retried 1 time(s)',
      tell: () => ({ repositories: [repository] }),
    });
  },
};
