import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The group was deleted while the tasks ran on: that there are no errors in it says nothing. */
export const parlourGroupGone: Incident = {
  name: 'parlour-group-gone',
  title: 'The log group of a service that runs does not exist any more',
  environment: 'prod',
  ask: 'insights parlour prod',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world: (now, place) => ({
    ...standing(place, now, { service: 'parlour', ago: days(40), desired: 1 }),
    missing: ['/ecs/parlour'],
  }),
};
