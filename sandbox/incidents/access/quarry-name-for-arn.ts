import { secretArn } from '../build/names.ts';
import { secretNamed } from '../build/shared-secrets.ts';
import type { Incident } from '../incident.ts';
import { refusedStart } from './refused-start.ts';

/** The name of a secret without its ARN is the name of a parameter. */
export const quarryNameForArn: Incident = {
  name: 'quarry-name-for-arn',
  title: 'quarry:14 names its secret without the ARN, and ECS looks for a parameter',
  environment: 'prod',
  ask: 'why-stopped quarry prod',
  expected: { state: 'problem', cause: 'parameter-not-found', status: 'confirmed' },
  world(now, place) {
    const name = 'prod/quarry/database';
    return {
      ...refusedStart(place, now, {
        service: 'quarry',
        revision: 13,
        takes: { secrets: { DATABASE_URL: name } },
        reason: () =>
          `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: ${name}`,
        tell: () => ({ secrets: [secretNamed(secretArn(place, name, 'Bq4Hs9'))] }),
      }),
      missing: [name],
    };
  },
};
