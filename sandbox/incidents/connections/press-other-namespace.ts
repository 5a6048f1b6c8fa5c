import { fromService, inNamespace, pair } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const pressOtherNamespace: Incident = {
  name: 'press-other-namespace',
  title: 'press and gazette use Service Connect in two namespaces',
  environment: 'prod',
  ask: 'connect press gazette prod',
  expected: { state: 'problem', cause: 'connect-namespace-differs', status: 'confirmed' },
  world(now, place) {
    return pair(place, now, [
      { service: 'press', more: (one) => inNamespace(one, 'press.internal') },
      {
        service: 'gazette',
        inbound: [fromService(place, 'press', 8080)],
        more: (one) => inNamespace(one, 'prod.internal', 'gazette'),
      },
    ]);
  },
};
