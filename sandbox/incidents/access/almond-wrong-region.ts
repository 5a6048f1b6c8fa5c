import { idOf, secretArn } from '../build/names.ts';
import { uuid } from '../build/seeded.ts';
import { secretNamed } from '../build/shared-secrets.ts';
import type { Incident } from '../incident.ts';
import { refusedStart, secretRefused } from './refused-start.ts';

/** The ARN was copied from another region's stack; the secret lies in the region of the task under the same name. */
export const almondWrongRegion: Incident = {
  name: 'almond-wrong-region',
  title: 'almond:3 names its secret in a region where it does not exist',
  environment: 'prod',
  ask: 'why-stopped almond prod',
  expected: { state: 'problem', cause: 'secret-not-found', status: 'confirmed' },
  world(now, place) {
    const here = secretArn(place, 'prod/almond/database', 'e7Yc2M');
    const there = here.replace(place.region, 'eu-west-1');
    return refusedStart(place, now, {
      service: 'almond',
      revision: 2,
      takes: { secrets: { DATABASE_URL: `${there}:url::` } },
      reason: (task) =>
        secretRefused(
          there,
          `ResourceNotFoundException: Secrets Manager can't find the specified secret. status code: 400, request id: ${uuid(idOf(task))}`,
        ),
      tell: () => ({ secrets: [secretNamed(here)], otherRegions: { 'eu-west-1': {} } }),
    });
  },
};
