import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** All tasks run, and their log group was deleted with an old stack: the next task will not start. */
export const orchardLogGroupDeleted: Incident = {
  name: 'orchard-log-group-deleted',
  title: 'the log group of orchard is gone, which its running tasks do not feel yet',
  environment: 'prod',
  ask: 'iam orchard prod',
  expected: { state: 'problem', cause: 'logs-group-missing', status: 'confirmed' },
  world: (now, place) => ({
    ...standing(place, now, { service: 'orchard', ago: days(40), desired: 2 }),
    missing: ['/ecs/orchard'],
  }),
};
