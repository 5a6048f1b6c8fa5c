import { failedStarts, secretsNotPulled } from '../build/failed-starts.ts';
import { ecrImage, secretArn } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** RDS keeps user and password in the secret that it manages, not the address. */
export const bookingJsonKeyMissing: Incident = {
  name: 'booking-json-key-missing',
  title: 'booking:40 takes the key url from a secret that has none',
  environment: 'prod',
  ask: 'why-stopped booking prod',
  expected: { state: 'problem', cause: 'secret-json-key-missing', status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'rds!db-5f0c7c1e-41c9-4d06-9d1b-0b52c1f4f1aa', 'mXo4Tz');
    const containers = (key: string) => [
      {
        name: 'app',
        image: ecrImage(place, 'booking', '5.9.3'),
        memory: 1024,
        secrets: { DATABASE: `${secret}:${key}::` },
      },
    ];
    return failedStarts(place, now, {
      service: 'booking',
      good: { revision: 39, ago: days(40), containers: containers('password') },
      bad: { revision: 40, ago: 20, containers: containers('url') },
      during: 'init',
      givesUpAfter: 31,
      reason: () =>
        `${secretsNotPulled} unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key url`,
    });
  },
};
