import { ecrImage } from '../build/names.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { notFound, refusedPull } from './refused-pull.ts';

/** The first pull through a cache rule creates the repository, which takes rights that later pulls do not. */
export const godwitFirstPull: Incident = {
  name: 'godwit-first-pull',
  title: 'nobody may make the repository that the cache rule fills for godwit:4',
  environment: 'staging',
  ask: 'image godwit staging',
  expected: { state: 'problem', cause: 'image-ecr-permission', status: 'confirmed' },
  world(now, place) {
    const image = ecrImage(place, 'docker-hub/library/nginx', '1.29');
    return refusedPull(place, now, {
      service: 'godwit',
      image,
      says: notFound(image),
      tell: () => ({
        missing: [image.replace(/:1.29$/, '')],
        pullThroughCacheRules: [
          {
            ecrRepositoryPrefix: 'docker-hub',
            upstreamRegistryUrl: 'registry-1.docker.io',
            upstreamRegistry: 'docker-hub',
            registryId: place.account,
            createdAt: before(now)(days(30)),
          },
        ],
      }),
    });
  },
};
