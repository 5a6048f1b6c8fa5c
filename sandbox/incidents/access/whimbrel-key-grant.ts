import type { GrantListEntry } from '@aws-sdk/client-kms';
import { customerKey, keyArn } from '../build/customer-key.ts';
import { ecrImage, roleArn, secretArn } from '../build/names.ts';
import { hex } from '../build/seeded.ts';
import { secretNamed } from '../build/shared-secrets.ts';
import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Neither the key policy nor IAM lets the role decrypt; a grant does, for this secret, beside those of a database. */
export const whimbrelKeyGrant: Incident = {
  name: 'whimbrel-key-grant',
  title: 'the execution role of whimbrel decrypts by a grant on the key alone',
  environment: 'staging',
  ask: 'iam whimbrel staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'staging/whimbrel/feeder', 'w7Lp2C');
    const key = keyArn(place, 'whimbrel');
    const grant = (number: number, more: Partial<GrantListEntry>): GrantListEntry => ({
      KeyId: key,
      GrantId: hex(`${key} grant ${number}`, 64),
      CreationDate: new Date('2024-02-19T08:00:12Z'),
      IssuingAccount: `arn:aws:iam::${place.account}:root`,
      Operations: ['Decrypt', 'GenerateDataKeyWithoutPlaintext', 'CreateGrant', 'RetireGrant', 'DescribeKey'],
      ...more,
    });
    return {
      ...standing(place, now, {
        service: 'whimbrel',
        ago: days(6),
        desired: 1,
        version: {
          containers: [
            {
              name: 'app',
              image: ecrImage(place, 'whimbrel', '1.8.0'),
              memory: 512,
              port: 8080,
              secrets: { FEEDER: secret },
            },
          ],
        },
      }),
      secrets: [secretNamed(secret, { KmsKeyId: key })],
      keys: [customerKey(place, 'whimbrel')],
      keyPolicies: {
        [key]: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'KeyAdministrators',
              Effect: 'Allow',
              Principal: { AWS: roleArn(place, 'key-administrators') },
              Action: ['kms:CreateGrant', 'kms:Describe*', 'kms:List*', 'kms:Put*'],
              Resource: '*',
            },
          ],
        }),
      },
      keyGrants: {
        [key]: [
          ...Array.from({ length: 3 }, (_, number) =>
            grant(number, {
              Name: `rds-${number}`,
              GranteePrincipal: `rds.${place.region}.amazonaws.com`,
              Constraints: { EncryptionContextSubset: { 'aws:rds:db-id': `db-${hex(`${number}`, 12)}` } },
            }),
          ),
          grant(3, {
            Name: 'whimbrel-starts',
            GranteePrincipal: roleArn(place, 'whimbrel-execution'),
            Operations: ['Decrypt'],
            Constraints: { EncryptionContextSubset: { SecretARN: secret } },
          }),
        ],
      },
    };
  },
};
