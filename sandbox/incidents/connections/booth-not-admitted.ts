import { fromService, pair } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const boothNotAdmitted: Incident = {
  name: 'booth-not-admitted',
  title: 'booth calls hamper directly, and hamper admits only another service',
  environment: 'prod',
  ask: 'connect booth hamper prod',
  expected: { state: 'problem', cause: 'connect-ingress-missing', status: 'confirmed' },
  world(now, place) {
    return pair(place, now, [
      { service: 'booth' },
      { service: 'hamper', inbound: [fromService(place, 'checkout', 8080)] },
    ]);
  },
};
