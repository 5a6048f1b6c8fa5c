import { standing } from '../build/standing.ts';
import type { Incident } from '../incident.ts';

/** Its first deployment is two minutes old: CloudWatch has nothing of it yet, and nothing is low. */
export const pulleyNoDataYet: Incident = {
  name: 'pulley-no-data-yet',
  title: 'pulley runs since two minutes and has no metrics yet',
  environment: 'staging',
  ask: 'perf pulley staging',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world: (now, place) =>
    standing(place, now, {
      service: 'pulley',
      ago: 2.4,
      desired: 1,
      version: { revision: 1, outcome: 'in-progress' },
    }),
};
