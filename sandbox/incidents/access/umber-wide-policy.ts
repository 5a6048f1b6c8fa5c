import { customerKey, keyArn } from '../build/customer-key.ts';
import { ecrImage, roleArn, secretArn } from '../build/names.ts';
import { sandboxRole } from '../build/role.ts';
import { secretNamed } from '../build/shared-secrets.ts';
import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A managed policy with wildcards, a condition on the role's own tag, a key by its service: all of it holds. */
export const umberWidePolicy: Incident = {
  name: 'umber-wide-policy',
  title: 'umber may do what it needs by wildcards, tags and the service that uses the key',
  environment: 'staging',
  ask: 'iam umber staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'staging/umber/palette', 'h3Fx6W');
    const key = keyArn(place, 'umber');
    const world = standing(place, now, {
      service: 'umber',
      ago: days(17),
      desired: 2,
      version: {
        containers: [
          {
            name: 'app',
            image: ecrImage(place, 'umber', '0.9.4'),
            memory: 512,
            port: 8080,
            secrets: { PALETTE: `${secret}:colours::`, BRUSHES: '/staging/umber/brushes' },
          },
        ],
      },
    });
    const tagged = { StringEquals: { 'aws:PrincipalTag/team': 'artwork' } };
    const via = {
      StringLike: { 'kms:ViaService': ['secretsmanager.*.amazonaws.com', 'ssm.*.amazonaws.com'] },
    };
    return {
      ...world,
      secrets: [secretNamed(secret, { KmsKeyId: key })],
      keys: [customerKey(place, 'umber')],
      roles: [
        sandboxRole(place, roleArn(place, 'umber-execution'), {
          tags: { team: 'artwork' },
          policies: [
            {
              name: 'TaskExecutionForEverybody',
              managed: true,
              document: {
                Version: '2012-10-17',
                Statement: [
                  { Effect: 'Allow', Action: ['ecr:Get*', 'ecr:Batch*', 'logs:*'], Resource: '*' },
                  { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Condition: via },
                  {
                    Effect: 'Allow',
                    Action: ['secretsmanager:Get*', 'ssm:GetParameter*'],
                    Resource: [
                      'arn:aws:secretsmanager:*:*:secret:staging/*',
                      'arn:aws:ssm:*:*:parameter/staging/*',
                    ],
                    Condition: tagged,
                  },
                ],
              },
            },
          ],
        }),
      ],
    };
  },
};
