import { roleArn } from '../build/names.ts';
import { quietService } from '../build/quiet.ts';
import { roleWithout } from '../build/shared-roles.ts';
import { withExec } from '../build/with-exec.ts';
import type { Incident } from '../incident.ts';

/** The policy was copied from a page that lists three of the four actions; the agent still shows as running. */
export const estimatesExecDenied: Incident = {
  name: 'estimates-exec-denied',
  title: 'the task role of estimates may not open data channels',
  environment: 'prod',
  ask: 'exec estimates prod',
  expected: { state: 'problem', cause: 'exec-role-denied', status: 'likely' },
  world(now, place) {
    const world = withExec(
      quietService(place, now, 'estimates', { revision: 31, tag: '2.2.0', desired: 2, deployed: 4 }),
    );
    const role = roleArn(place, 'estimates-task');
    return { ...world, roles: [roleWithout(place, role, world, 'ssmmessages:OpenDataChannel')] };
  },
};
