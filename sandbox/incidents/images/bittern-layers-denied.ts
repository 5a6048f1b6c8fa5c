import { ecrImage, roleArn } from '../build/names.ts';
import { roleWithout } from '../build/shared-roles.ts';
import type { Incident } from '../incident.ts';
import { refusedPull } from './refused-pull.ts';

/** One of three actions was left out of a policy that somebody wrote by hand. */
export const bitternLayersDenied: Incident = {
  name: 'bittern-layers-denied',
  title: 'the execution role of bittern:4 may read the manifest and not the layers',
  environment: 'prod',
  ask: 'why-stopped bittern prod',
  expected: { state: 'problem', cause: 'image-ecr-permission', status: 'confirmed' },
  world(now, place) {
    const image = ecrImage(place, 'bittern', '2.0.0');
    const role = roleArn(place, 'bittern-execution');
    return refusedPull(place, now, {
      service: 'bittern',
      image,
      says: 'pull image manifest has been retried 1 time(s)',
      tell: (world) => ({ roles: [roleWithout(place, role, world, 'ecr:GetDownloadUrlForLayer')] }),
    });
  },
};
