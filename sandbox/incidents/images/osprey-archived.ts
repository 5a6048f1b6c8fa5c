import { ecrImage } from '../build/names.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { notFound, refusedPull } from './refused-pull.ts';

/** A lifecycle rule archives what was not pulled for ninety days, and somebody goes back to it. */
export const ospreyArchived: Incident = {
  name: 'osprey-archived',
  title: 'osprey:4 goes back to an image that ECR has archived',
  environment: 'prod',
  ask: 'why-stopped osprey prod',
  expected: {
    state: 'problem',
    cause: 'image-archived',
    status: 'confirmed',
    chain: ['service-start-impaired', 'image-not-found', 'image-archived'],
  },
  world(now, place) {
    const ago = before(now);
    const image = ecrImage(place, 'osprey', '0.9.0');
    const detail = imageDetail(image, ago(days(190)), {
      imageStatus: 'ARCHIVED',
      lastArchivedAt: ago(days(40)),
    });
    return refusedPull(place, now, {
      service: 'osprey',
      image,
      says: notFound(image),
      tell: () => ({ repositories: [{ repository: repositoryNamed(place, 'osprey'), images: [detail] }] }),
    });
  },
};
