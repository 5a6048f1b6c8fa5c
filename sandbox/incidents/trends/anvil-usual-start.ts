import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A start like most: under a minute, and nothing of it is worth a change. */
export const anvilUsualStart: Incident = {
  name: 'anvil-usual-start',
  title: 'tasks of anvil start within a minute',
  environment: 'staging',
  ask: 'startup anvil staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) => standing(place, now, { service: 'anvil', ago: days(5), desired: 4 }),
};
