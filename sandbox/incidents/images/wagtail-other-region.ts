import { ecrImage } from '../build/names.ts';
import type { Incident } from '../incident.ts';
import { serving } from './serving.ts';

/** Its address says where it lies: nobody has to look in the region of the service. */
export const wagtailOtherRegion: Incident = {
  name: 'wagtail-other-region',
  title: 'the image of wagtail lies in another region, and is there',
  environment: 'prod',
  ask: 'image wagtail prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    return serving(place, now, 'wagtail', ecrImage({ ...place, region: 'eu-west-1' }, 'wagtail', '1.2.0'));
  },
};
