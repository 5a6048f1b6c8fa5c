import { idOf, roleArn } from '../build/names.ts';
import { sandboxRole } from '../build/role.ts';
import { uuid } from '../build/seeded.ts';
import { roleFor } from '../build/shared-roles.ts';
import type { Incident } from '../incident.ts';
import { refusedStart } from './refused-start.ts';

/** The platform team's boundary knows Secrets Manager and has never heard of Parameter Store. */
export const tickerBoundary: Incident = {
  name: 'ticker-boundary',
  title: 'the permissions boundary of the execution role of ticker:22 does not allow Parameter Store',
  environment: 'prod',
  ask: 'why-stopped ticker prod',
  expected: { state: 'problem', cause: 'parameter-permission-denied', status: 'confirmed' },
  world(now, place) {
    const parameter = `arn:aws:ssm:${place.region}:${place.account}:parameter/prod/ticker/feed-token`;
    const role = roleArn(place, 'ticker-execution');
    const actions = ['ecr:*', 'logs:*', 'secretsmanager:GetSecretValue', 'kms:Decrypt'];
    return refusedStart(place, now, {
      service: 'ticker',
      revision: 21,
      takes: { secrets: { FEED_TOKEN: parameter } },
      reason: (task) =>
        `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::${place.account}:assumed-role/ticker-execution/${idOf(task)} is not authorized to perform: ssm:GetParameters on resource: ${parameter} because no permissions boundary allows the ssm:GetParameters action status code: 400, request id: ${uuid(idOf(task))}`,
      tell: (world) => ({
        roles: [
          sandboxRole(place, role, {
            policies: roleFor(place, role, world.taskDefinitions ?? [], world).policies,
            boundary: {
              name: 'workload-boundary',
              document: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
              },
            },
          }),
        ],
      }),
    });
  },
};
