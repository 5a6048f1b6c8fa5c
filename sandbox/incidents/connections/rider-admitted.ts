import { fromService, pair } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const riderAdmitted: Incident = {
  name: 'rider-admitted',
  title: 'rider reaches crates, whose security group names it among others',
  environment: 'prod',
  ask: 'connect rider crates prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    return pair(place, now, [
      { service: 'rider' },
      { service: 'crates', inbound: [fromService(place, 'api', 8080), fromService(place, 'rider', 8080)] },
    ]);
  },
};
