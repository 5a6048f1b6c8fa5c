import { quietService } from './build/quiet.ts';
import type { Incident } from './incident.ts';

/** Nothing has stopped, nothing is being deployed. */
export const frontendHealthy: Incident = {
  name: 'frontend-healthy',
  title: 'frontend runs as it should',
  environment: 'prod',
  ask: 'why-stopped frontend prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    quietService(place, now, 'frontend', { revision: 212, tag: '9.14.0', desired: 3, deployed: 2 }),
};
