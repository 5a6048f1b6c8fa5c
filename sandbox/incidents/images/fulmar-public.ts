import type { Incident } from '../incident.ts';
import { serving } from './serving.ts';

/** Public ECR is another service: that ECR does not find it there says nothing. */
export const fulmarPublic: Incident = {
  name: 'fulmar-public',
  title: 'the image of fulmar lies in public ECR, which no private call knows',
  environment: 'staging',
  ask: 'image fulmar staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    return serving(place, now, 'fulmar', 'public.ecr.aws/docker/library/httpd:2.4');
  },
};
