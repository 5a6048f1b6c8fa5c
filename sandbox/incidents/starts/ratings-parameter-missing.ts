import { failedStarts, secretsNotPulled } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The parameter was created in one stage and forgotten in the other. */
export const ratingsParameterMissing: Incident = {
  name: 'ratings-parameter-missing',
  title: 'ratings:7 takes a parameter that nobody has created',
  environment: 'staging',
  ask: 'why-stopped ratings staging',
  expected: { state: 'problem', cause: 'parameter-not-found', status: 'confirmed' },
  world(now, place) {
    const parameter = '/staging/ratings/moderation-token';
    const arn = `arn:aws:ssm:${place.region}:${place.account}:parameter${parameter}`;
    const image = ecrImage(place, 'ratings', '1.1.0');
    const world = failedStarts(place, now, {
      service: 'ratings',
      good: { revision: 6, ago: days(8), containers: [{ name: 'app', image, memory: 512 }] },
      bad: {
        revision: 7,
        ago: 20,
        containers: [{ name: 'app', image, memory: 512, secrets: { MODERATION_TOKEN: arn } }],
      },
      during: 'init',
      givesUpAfter: 33,
      reason: () =>
        `${secretsNotPulled} unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: ${parameter}`,
    });
    return { ...world, missing: [arn] };
  },
};
