import { ecrImage } from '../build/names.ts';
import type { Incident } from '../incident.ts';
import { notFound, refusedPull } from './refused-pull.ts';

/** Nobody created the repository that the new revision names. */
export const heronRepositoryMissing: Incident = {
  name: 'heron-repository-missing',
  title: 'heron:4 names a repository that was never created',
  environment: 'prod',
  ask: 'image heron prod',
  expected: { state: 'problem', cause: 'image-not-found', status: 'confirmed' },
  world(now, place) {
    const image = ecrImage(place, 'birds/heron', '2.0.0');
    return refusedPull(place, now, {
      service: 'heron',
      image,
      says: notFound(image),
      tell: () => ({ missing: [image.replace(/:2.0.0$/, '')] }),
    });
  },
};
