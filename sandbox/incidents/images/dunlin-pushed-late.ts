import { ecrImage } from '../build/names.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { notFound, refusedPull } from './refused-pull.ts';

/** The pipeline deploys and pushes side by side; the image is there by now. */
export const dunlinPushedLate: Incident = {
  name: 'dunlin-pushed-late',
  title: 'dunlin:4 was deployed before the push of its image had ended',
  environment: 'staging',
  ask: 'why-stopped dunlin staging',
  expected: {
    state: 'problem',
    cause: 'image-pushed-late',
    status: 'confirmed',
    chain: ['service-start-impaired', 'image-not-found', 'image-pushed-late'],
  },
  world(now, place) {
    const image = ecrImage(place, 'dunlin', '2.0.0');
    const detail = imageDetail(image, before(now)(2));
    return refusedPull(place, now, {
      service: 'dunlin',
      image,
      says: notFound(image),
      tell: () => ({ repositories: [{ repository: repositoryNamed(place, 'dunlin'), images: [detail] }] }),
    });
  },
};
