import { endpoints, inOwnVpc, isolated } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** Endpoints for everything that its tasks ask for; that there are no others is no fault. */
export const radishEndpointsOnly: Incident = {
  name: 'radish-endpoints-only',
  title: 'radish has no way to the internet, and needs none',
  environment: 'staging',
  ask: 'network radish staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'radish',
      world: quietService(place, now, 'radish', {
        revision: 17,
        tag: '1.7.0',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [isolated, endpoints('radish', ['ecr.api', 'ecr.dkr', 'logs'])],
    });
  },
};
