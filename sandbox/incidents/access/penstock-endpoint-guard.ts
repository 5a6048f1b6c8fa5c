import { ecrImage, roleArn, secretArn } from '../build/names.ts';
import { sandboxRole } from '../build/role.ts';
import { roleFor } from '../build/shared-roles.ts';
import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A guard that denies whatever comes another way denies every simulation, which comes no way at all. */
export const penstockEndpointGuard: Incident = {
  name: 'penstock-endpoint-guard',
  title: 'a guard denies penstock its secret unless it asks through a VPC endpoint, as it does, and it runs',
  environment: 'prod',
  ask: 'iam penstock prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'prod/penstock/gate', 'w7Rk2B');
    const role = roleArn(place, 'penstock-execution');
    const world = standing(place, now, {
      service: 'penstock',
      ago: days(12),
      desired: 2,
      version: {
        containers: [
          {
            name: 'app',
            image: ecrImage(place, 'penstock', '1.4.0'),
            memory: 512,
            port: 8080,
            secrets: { GATE_KEY: secret },
          },
        ],
      },
    });
    const policies = [
      ...roleFor(place, role, world.taskDefinitions ?? [], world).policies,
      {
        name: 'only-from-our-network',
        document: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'DenyOutsideOurNetwork',
              Effect: 'Deny' as const,
              Action: 'secretsmanager:*',
              Resource: '*',
              Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0c91d2ab4e7f30856' } },
            },
          ],
        },
      },
    ];
    return { ...world, roles: [sandboxRole(place, role, { policies })] };
  },
};
