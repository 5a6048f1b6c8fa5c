import { secretArn } from '../build/names.ts';
import type { Incident } from '../incident.ts';
import { refusedStart } from './refused-start.ts';

/** One colon and a key is no reference: ECS wants all three parts, empty or not. */
export const paddockMissingColons: Incident = {
  name: 'paddock-missing-colons',
  title: 'paddock:2 names a key of its secret without the two colons behind it',
  environment: 'staging',
  ask: 'why-stopped paddock staging',
  expected: { state: 'problem', cause: 'secret-reference-invalid', status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'staging/paddock/stable', 'Vr6Uo3');
    return refusedStart(place, now, {
      service: 'paddock',
      revision: 1,
      takes: { secrets: { STABLE_PASSWORD: `${secret}:password` } },
      reason: () =>
        'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: unexpected ARN format with parameters when trying to retrieve ASM secret',
      tell: () => ({}),
    });
  },
};
