import { customerKey, keyArn } from '../build/customer-key.ts';
import { idOf, roleArn, secretArn } from '../build/names.ts';
import { uuid } from '../build/seeded.ts';
import { secretNamed } from '../build/shared-secrets.ts';
import type { Incident } from '../incident.ts';
import { refusedStart, secretRefused } from './refused-start.ts';

/** IAM allows kms:Decrypt; the key's own policy names one role, and leaves nothing to IAM. */
export const charterKeyPolicy: Incident = {
  name: 'charter-key-policy',
  title: 'the policy of the key of charter:6 admits another role alone, whatever IAM allows',
  environment: 'prod',
  ask: 'why-stopped charter prod',
  expected: { state: 'problem', cause: 'secret-kms-denied', status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'prod/charter/booking-api', 'n4Rw0P');
    const key = keyArn(place, 'charter');
    return refusedStart(place, now, {
      service: 'charter',
      revision: 5,
      takes: { secrets: { BOOKING_API: secret } },
      reason: (task) =>
        secretRefused(
          secret,
          `AccessDeniedException: Access to KMS is not allowed status code: 400, request id: ${uuid(idOf(task))}`,
        ),
      tell: () => ({
        secrets: [secretNamed(secret, { KmsKeyId: key })],
        keys: [customerKey(place, 'charter')],
        keyPolicies: {
          [key]: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'KeyAdministrators',
                Effect: 'Allow',
                Principal: { AWS: roleArn(place, 'key-administrators') },
                Action: ['kms:Describe*', 'kms:Put*', 'kms:Enable*', 'kms:ScheduleKeyDeletion'],
                Resource: '*',
              },
              {
                Sid: 'UseOfTheKey',
                Effect: 'Allow',
                Principal: { AWS: [roleArn(place, 'charter-legacy-execution')] },
                Action: ['kms:Decrypt', 'kms:DescribeKey'],
                Resource: '*',
              },
            ],
          }),
        },
      }),
    });
  },
};
