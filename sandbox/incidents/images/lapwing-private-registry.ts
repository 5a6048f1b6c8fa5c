import { secretArn } from '../build/names.ts';
import type { Incident } from '../incident.ts';
import { refusedPull } from './refused-pull.ts';

/** The token in the secret has run out; the secret itself is there, and may be read. */
export const lapwingPrivateRegistry: Incident = {
  name: 'lapwing-private-registry',
  title: 'the registry of lapwing:4 refuses the credentials that it is given',
  environment: 'staging',
  ask: 'why-stopped lapwing staging',
  expected: { state: 'problem', cause: 'image-registry-auth', status: 'confirmed' },
  world(now, place) {
    return refusedPull(place, now, {
      service: 'lapwing',
      image: 'ghcr.io/marsh/lapwing:2.0.0',
      takes: { repositoryCredentials: { credentialsParameter: secretArn(place, 'staging/ghcr', 'Qk27fZ') } },
      says: 'pull image manifest has been retried 1 time(s): failed to resolve ref ghcr.io/marsh/lapwing:2.0.0: failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token: 401 Unauthorized',
    });
  },
};
