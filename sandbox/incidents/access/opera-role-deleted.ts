import { roleArn } from '../build/names.ts';
import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Tasks keep running on credentials that nobody can renew. */
export const operaRoleDeleted: Incident = {
  name: 'opera-role-deleted',
  title: 'the execution role of opera was deleted under its running tasks',
  environment: 'staging',
  ask: 'iam opera staging',
  expected: { state: 'problem', cause: 'role-cannot-be-assumed', status: 'confirmed' },
  world: (now, place) => ({
    ...standing(place, now, { service: 'opera', ago: days(3), desired: 2 }),
    missingRoles: [roleArn(place, 'opera-execution')],
  }),
};
