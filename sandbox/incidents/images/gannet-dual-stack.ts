import type { Incident } from '../incident.ts';
import { serving } from './serving.ts';

/** The host that answers over IPv6, too, is written in another way and holds the same images. */
export const gannetDualStack: Incident = {
  name: 'gannet-dual-stack',
  title: 'gannet pulls through the dual-stack host of ECR',
  environment: 'staging',
  ask: 'image gannet staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    return serving(place, now, 'gannet', `${place.account}.dkr-ecr.${place.region}.on.aws/gannet:1.2.0`);
  },
};
