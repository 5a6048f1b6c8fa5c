import { ecrImage, secretArn } from '../build/names.ts';
import { secretNamed } from '../build/shared-secrets.ts';
import { standing } from '../build/standing.ts';
import { before, days, hours } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The password was changed since the tasks started: no fault of a role, and worth a word. */
export const velvetRotated: Incident = {
  name: 'velvet-rotated',
  title: 'the secret of velvet was rotated after its tasks had read it',
  environment: 'prod',
  ask: 'iam velvet prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'prod/velvet/database', 'y5Ne1R');
    const changed = before(now)(hours(6));
    return {
      ...standing(place, now, {
        service: 'velvet',
        ago: days(30),
        desired: 3,
        version: {
          containers: [
            {
              name: 'app',
              image: ecrImage(place, 'velvet', '1.14.0'),
              memory: 1024,
              port: 8080,
              secrets: { DATABASE_PASSWORD: `${secret}:password::` },
            },
          ],
        },
      }),
      secrets: [
        secretNamed(secret, { LastChangedDate: changed, LastRotatedDate: changed, RotationEnabled: true }),
      ],
    };
  },
};
