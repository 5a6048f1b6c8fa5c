import { ecrImage, roleArn, secretArn } from '../build/names.ts';
import { sandboxRole } from '../build/role.ts';
import { roleFor } from '../build/shared-roles.ts';
import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Whether the calls come through the endpoint is not to be known from outside; the tasks that run came through. */
export const rivetUnknownCondition: Incident = {
  name: 'rivet-unknown-condition',
  title: 'rivet may read its secret through a VPC endpoint alone, and runs',
  environment: 'prod',
  ask: 'iam rivet prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const secret = secretArn(place, 'prod/rivet/database', 'p0Lk5T');
    const role = roleArn(place, 'rivet-execution');
    const world = standing(place, now, {
      service: 'rivet',
      ago: days(5),
      desired: 2,
      version: {
        containers: [
          {
            name: 'app',
            image: ecrImage(place, 'rivet', '2.9.1'),
            memory: 1024,
            port: 8080,
            secrets: { DATABASE_URL: secret },
          },
        ],
      },
    });
    const policies = roleFor(place, role, world.taskDefinitions ?? [], world).policies.map(
      ({ name, document }) => ({
        name,
        document: {
          ...document,
          Statement: document.Statement.map((one) =>
            one.Sid === 'Secrets'
              ? { ...one, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0c91d2ab4e7f30856' } } }
              : one,
          ),
        },
      }),
    );
    return { ...world, roles: [sandboxRole(place, role, { policies })] };
  },
};
