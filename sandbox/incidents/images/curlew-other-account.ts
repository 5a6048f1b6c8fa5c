import { ecrImage } from '../build/names.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { forbidden, refusedPull } from './refused-pull.ts';

/** The role may pull, and the repository in the other account does not let it in: both have to allow. */
export const curlewOtherAccount: Incident = {
  name: 'curlew-other-account',
  title: 'the repository of curlew:4 lies in another account and admits nobody from this one',
  environment: 'prod',
  ask: 'why-stopped curlew prod',
  expected: { state: 'problem', cause: 'image-ecr-repo-policy', status: 'confirmed' },
  world(now, place) {
    const owner = { ...place, account: '444444444444' };
    const image = ecrImage(owner, 'birds/curlew', '4.1.0');
    const repository = {
      repository: repositoryNamed(owner, 'birds/curlew'),
      images: [imageDetail(image, before(now)(90))],
      admitsReaders: true,
    };
    return refusedPull(place, now, {
      service: 'curlew',
      image,
      says: forbidden(image),
      tell: () => ({ repositories: [repository] }),
    });
  },
};
