import { idOf, roleArn } from '../build/names.ts';
import { roleWithout } from '../build/shared-roles.ts';
import type { Incident } from '../incident.ts';
import { refusedStart } from './refused-start.ts';

/** A hand-written policy in place of the managed one forgot that somebody has to open the stream. */
export const harborLogsDenied: Incident = {
  name: 'harbor-logs-denied',
  title: 'the execution role of harbor:18 may not create its log stream',
  environment: 'staging',
  ask: 'why-stopped harbor staging',
  expected: { state: 'problem', cause: 'logs-permission-denied', status: 'confirmed' },
  world(now, place) {
    const role = roleArn(place, 'harbor-execution');
    return refusedStart(place, now, {
      service: 'harbor',
      revision: 17,
      after: 41,
      reason: (task) =>
        `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException: User: arn:aws:sts::${place.account}:assumed-role/harbor-execution/${idOf(task)} is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:${place.region}:${place.account}:log-group:/ecs/harbor:log-stream:ecs/app/${idOf(task)} because no identity-based policy allows the logs:CreateLogStream action : exit status 1`,
      tell: (world) => ({ roles: [roleWithout(place, role, world, 'logs:CreateLogStream')] }),
    });
  },
};
