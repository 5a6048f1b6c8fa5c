import { refusedStart } from '../access/refused-start.ts';
import { idOf, roleArn } from '../build/names.ts';
import { roleWithout } from '../build/shared-roles.ts';
import type { Incident } from '../incident.ts';

/** Somebody asks for the log of a task that could not even begin one. */
export const tesseraStreamDenied: Incident = {
  name: 'tessera-stream-denied',
  title: 'the tasks of tessera:23 have no log, for their role may not create its stream',
  environment: 'staging',
  ask: 'logs tessera staging',
  expected: { state: 'problem', cause: 'logs-permission-denied', status: 'confirmed' },
  world(now, place) {
    const role = roleArn(place, 'tessera-execution');
    return refusedStart(place, now, {
      service: 'tessera',
      revision: 22,
      after: 41,
      reason: (task) =>
        `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException: User: arn:aws:sts::${place.account}:assumed-role/tessera-execution/${idOf(task)} is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:${place.region}:${place.account}:log-group:/ecs/tessera:log-stream:ecs/app/${idOf(task)} because no identity-based policy allows the logs:CreateLogStream action : exit status 1`,
      tell: (world) => ({ roles: [roleWithout(place, role, world, 'logs:CreateLogStream')] }),
    });
  },
};
