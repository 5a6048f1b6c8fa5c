import { roleArn, secretArn } from '../build/names.ts';
import { sandboxRole } from '../build/role.ts';
import { roleFor } from '../build/shared-roles.ts';
import type { Incident } from '../incident.ts';
import { refusedStart } from './refused-start.ts';

/** The simulation says that the organization refuses, shows no statement, and says the same to administrators. */
export const saddleOrganization: Incident = {
  name: 'saddle-organization',
  title: 'saddle:5 does not start, and the organization may or may not refuse its secret',
  environment: 'staging',
  ask: 'why-stopped saddle staging',
  expected: { state: 'problem', cause: 'secret-permission-denied', status: 'open' },
  world(now, place) {
    const secret = secretArn(place, 'staging/saddle/leather', 'Gm2Pd8');
    const role = roleArn(place, 'saddle-execution');
    return refusedStart(place, now, {
      service: 'saddle',
      revision: 4,
      takes: { secrets: { LEATHER: secret } },
      reason: () =>
        `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s)`,
      tell: (world) => ({
        roles: [
          sandboxRole(place, role, {
            policies: roleFor(place, role, world.taskDefinitions ?? [], world).policies,
            organizationDenies: ['secretsmanager:GetSecretValue'],
          }),
        ],
      }),
    });
  },
};
