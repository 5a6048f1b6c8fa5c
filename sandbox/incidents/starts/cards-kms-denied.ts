import { customerKey, keyArn } from '../build/customer-key.ts';
import { failedStarts, secretsNotPulled } from '../build/failed-starts.ts';
import { ecrImage, idOf, roleArn, secretArn } from '../build/names.ts';
import { uuid } from '../build/seeded.ts';
import { roleWithout } from '../build/shared-roles.ts';
import { secretNamed } from '../build/shared-secrets.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The secret may be read, the key that it is encrypted with may not be used. */
export const cardsKmsDenied: Incident = {
  name: 'cards-kms-denied',
  title: 'the secret of cards:14 lies under a customer key that its execution role may not use',
  environment: 'prod',
  ask: 'why-stopped cards prod',
  expected: { state: 'problem', cause: 'secret-kms-denied', status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'prod/cards/hsm-pin', 'u2Kd9L');
    const image = ecrImage(place, 'cards', '7.4.1');
    const world = failedStarts(place, now, {
      service: 'cards',
      good: { revision: 13, ago: days(26), containers: [{ name: 'app', image, memory: 1024 }] },
      bad: {
        revision: 14,
        ago: 20,
        containers: [{ name: 'app', image, memory: 1024, secrets: { HSM_PIN: secret } }],
      },
      during: 'init',
      givesUpAfter: 38,
      reason: (task) =>
        `${secretsNotPulled} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secret} from secrets manager: AccessDeniedException: Access to KMS is not allowed status code: 400, request id: ${uuid(idOf(task))}`,
    });
    const role = roleArn(place, 'cards-execution');
    const told = {
      ...world,
      secrets: [secretNamed(secret, { KmsKeyId: keyArn(place, 'cards') })],
      keys: [customerKey(place, 'cards')],
    };
    return { ...told, roles: [roleWithout(place, role, told, 'kms:Decrypt')] };
  },
};
