import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Before the first byte of the image a token is asked of api.ecr, and that host does not answer. */
export const courierEcrAuthUnreachable: Incident = {
  name: 'courier-ecr-auth-unreachable',
  title: 'new tasks of courier cannot reach ECR for a login',
  environment: 'staging',
  ask: 'why-stopped courier staging',
  expected: { state: 'problem', cause: 'ecr-auth-unreachable', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({ name: 'app', image: ecrImage(place, 'courier', tag), memory: 512 });
    return failedStarts(place, now, {
      service: 'courier',
      good: { revision: 72, ago: days(4), containers: [container('0.19.0')] },
      bad: { revision: 73, ago: 33, containers: [container('0.19.1')] },
      during: 'init',
      givesUpAfter: 236,
      tries: [32, 24, 14],
      reason: () =>
        `ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.${place.region}.amazonaws.com/": dial tcp 52.94.240.17:443: i/o timeout`,
    });
  },
};
