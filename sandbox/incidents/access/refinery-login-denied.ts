import { idOf, roleArn } from '../build/names.ts';
import { uuid } from '../build/seeded.ts';
import { roleWithout } from '../build/shared-roles.ts';
import type { Incident } from '../incident.ts';
import { refusedStart } from './refused-start.ts';

/** The role may pull, and not log in, without which there is no pull. */
export const refineryLoginDenied: Incident = {
  name: 'refinery-login-denied',
  title: 'the execution role of refinery:7 may not log in to ECR',
  environment: 'staging',
  ask: 'why-stopped refinery staging',
  expected: { state: 'problem', cause: 'ecr-auth-permission-denied', status: 'confirmed' },
  world(now, place) {
    const role = roleArn(place, 'refinery-execution');
    return refusedStart(place, now, {
      service: 'refinery',
      revision: 6,
      reason: (task) =>
        `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::${place.account}:assumed-role/refinery-execution/${idOf(task)} is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action status code: 400, request id: ${uuid(idOf(task))}`,
      tell: (world) => ({ roles: [roleWithout(place, role, world, 'ecr:GetAuthorizationToken')] }),
    });
  },
};
