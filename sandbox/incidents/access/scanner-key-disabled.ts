import { customerKey, keyArn } from '../build/customer-key.ts';
import { idOf, secretArn } from '../build/names.ts';
import { uuid } from '../build/seeded.ts';
import { secretNamed } from '../build/shared-secrets.ts';
import type { Incident } from '../incident.ts';
import { refusedStart, secretRefused } from './refused-start.ts';

/** Somebody switched off a key that looked unused: nothing had read the secret for months. */
export const scannerKeyDisabled: Incident = {
  name: 'scanner-key-disabled',
  title: 'the key of the secret of scanner:31 is disabled',
  environment: 'prod',
  ask: 'why-stopped scanner prod',
  expected: { state: 'problem', cause: 'secret-kms-denied', status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'prod/scanner/licence', 'Tb2Qx7');
    const key = keyArn(place, 'scanner');
    return refusedStart(place, now, {
      service: 'scanner',
      revision: 30,
      takes: { secrets: { LICENCE: `${secret}:key::` } },
      reason: (task) =>
        secretRefused(
          secret,
          `DecryptionFailure: Secrets Manager can't decrypt the protected secret text using the provided KMS key. status code: 400, request id: ${uuid(idOf(task))}`,
        ),
      tell: () => ({
        secrets: [secretNamed(secret, { KmsKeyId: key })],
        keys: [customerKey(place, 'scanner', { KeyState: 'Disabled', Enabled: false })],
      }),
    });
  },
};
