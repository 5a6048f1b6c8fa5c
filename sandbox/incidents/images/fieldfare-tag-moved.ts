import { ecrImage } from '../build/names.ts';
import { imageDetail, repositoryNamed } from '../build/shared-images.ts';
import { digestOf } from '../build/task.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { serving } from './serving.ts';

/** Further tasks are started from the digest that the deployment has resolved, and that is still there. */
export const fieldfareTagMoved: Incident = {
  name: 'fieldfare-tag-moved',
  title: 'the tag of fieldfare means another image by now, and what runs is still there',
  environment: 'prod',
  ask: 'image fieldfare prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const image = ecrImage(place, 'fieldfare', 'stable');
    const old = imageDetail(image, ago(days(10)), { imageTags: [] });
    const fresh = imageDetail(image, ago(days(1)), { imageDigest: digestOf(`${image} anew`) });
    return {
      ...serving(place, now, 'fieldfare', image),
      repositories: [{ repository: repositoryNamed(place, 'fieldfare'), images: [old, fresh] }],
    };
  },
};
