import { idOf, roleArn, secretArn } from '../build/names.ts';
import { sandboxRole } from '../build/role.ts';
import { uuid } from '../build/seeded.ts';
import { roleFor } from '../build/shared-roles.ts';
import type { Incident } from '../incident.ts';
import { refusedStart, secretRefused } from './refused-start.ts';

/** The role may read the secret, and a guardrail takes it away again: one more allow would change nothing. */
export const escrowExplicitDeny: Incident = {
  name: 'escrow-explicit-deny',
  title: 'a deny in the execution role of escrow:9 shuts out the secret that another statement allows',
  environment: 'prod',
  ask: 'why-stopped escrow prod',
  expected: { state: 'problem', cause: 'secret-permission-denied', status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'prod/escrow/signing-key', 'Jd83Ka');
    const role = roleArn(place, 'escrow-execution');
    return refusedStart(place, now, {
      service: 'escrow',
      revision: 8,
      takes: { secrets: { SIGNING_KEY: secret } },
      reason: (task) =>
        secretRefused(
          secret,
          `AccessDeniedException: User: arn:aws:sts::${place.account}:assumed-role/escrow-execution/${idOf(task)} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secret} with an explicit deny in an identity-based policy status code: 400, request id: ${uuid(idOf(task))}`,
        ),
      tell: (world) => ({
        roles: [
          sandboxRole(place, role, {
            policies: [
              ...roleFor(place, role, world.taskDefinitions ?? [], world).policies,
              {
                name: 'no-signing-keys',
                document: {
                  Version: '2012-10-17',
                  Statement: [
                    {
                      Sid: 'SigningKeysAreForHumans',
                      Effect: 'Deny',
                      Action: 'secretsmanager:GetSecretValue',
                      Resource: `arn:aws:secretsmanager:*:*:secret:*/signing-key-*`,
                    },
                  ],
                },
              },
            ],
          }),
        ],
      }),
    });
  },
};
