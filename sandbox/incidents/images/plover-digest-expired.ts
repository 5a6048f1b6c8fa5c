import { ecrImage } from '../build/names.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { digestOf } from '../build/task.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { serving } from './serving.ts';

/** Nothing has failed yet: the next task that is started will, for ECS asks for the digest that it resolved. */
export const ploverDigestExpired: Incident = {
  name: 'plover-digest-expired',
  title: 'plover runs a digest that ECR has deleted, while its tag has moved on',
  environment: 'prod',
  ask: 'image plover prod',
  expected: { state: 'problem', cause: 'image-version-vanished', status: 'confirmed' },
  world(now, place) {
    const image = ecrImage(place, 'plover', 'stable');
    const pushed = imageDetail(image, before(now)(days(2)), { imageDigest: digestOf(`${image} anew`) });
    return {
      ...serving(place, now, 'plover', image),
      repositories: [{ repository: repositoryNamed(place, 'plover'), images: [pushed] }],
    };
  },
};
