import { mergeWorlds } from '../build/merge.ts';
import { ecrImage, secretArn } from '../build/names.ts';
import { secretNamed } from '../build/shared-secrets.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { redeployed } from './redeployed.ts';

/** Tasks read a secret as they start: those that read the old password run, the others are refused. */
export const ledgersSecretRotated: Incident = {
  name: 'ledgers-secret-rotated',
  title: 'the database password of ledgers was rotated, and the database still wants the old one',
  environment: 'prod',
  ask: 'why-stopped ledgers prod',
  expected: {
    state: 'problem',
    cause: 'secret-rotated',
    status: 'likely',
    chain: ['crash-loop-after-running', 'app-config-missing', 'secret-rotated'],
  },
  world(now, place) {
    const rotated = before(now)(40);
    const secret = secretArn(place, 'prod/ledgers/database', 'q8WmZ2');
    return mergeWorlds([
      redeployed(place, now, {
        service: 'ledgers',
        revision: 52,
        containers: [
          {
            name: 'app',
            image: ecrImage(place, 'ledgers', '3.9.4'),
            memory: 1024,
            secrets: { DATABASE_PASSWORD: secret },
          },
        ],
        first: days(20),
        starts: [31, 24.5, 16.2, 8.8],
        lives: 3.1,
        says: [
          [0.6, 'ledgers 3.9.4 starting'],
          [2.2, 'FATAL: password authentication failed for user "ledgers"'],
        ],
      }),
      {
        secrets: [
          secretNamed(secret, { LastChangedDate: rotated, LastRotatedDate: rotated, RotationEnabled: true }),
        ],
      },
    ]);
  },
};
