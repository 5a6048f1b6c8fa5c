import { draining } from '../build/balancer.ts';
import { launched } from '../build/release.ts';
import { leaving } from '../build/rollout.ts';
import { standing } from '../build/standing.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Scaled to zero a minute ago: what is left finishes its requests. */
export const museumAllDraining: Incident = {
  name: 'museum-all-draining',
  title: 'museum was scaled to zero, and its last targets drain',
  environment: 'staging',
  ask: 'health museum staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const began = ago(2000);
    return standing(place, now, {
      service: 'museum',
      ago: 2000,
      desired: 0,
      more: (live) => [0, 1].map((number) => leaving(launched(live, number, began), ago(1.2), live)),
      targets: (_, live) =>
        [0, 1].map((number) => ({ task: launched(live, number, began), health: draining })),
    });
  },
};
