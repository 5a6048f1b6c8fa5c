import { endpointOf } from '../build/cloud-map.ts';
import { mergeWorlds } from '../build/merge.ts';
import { fromService, inNamespace, pair } from '../build/pair.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

export const pressOtherNamespace: Incident = {
  name: 'press-other-namespace',
  title: 'press and gazette use Service Connect in two namespaces',
  environment: 'prod',
  ask: 'connect press gazette prod',
  expected: { state: 'problem', cause: 'connect-namespace-differs', status: 'confirmed' },
  world(now, place) {
    const endpoint = endpointOf(place, 'gazette', before(now)(days(200)));
    const world = pair(place, now, [
      { service: 'press', more: (one) => inNamespace(one, 'press.internal') },
      {
        service: 'gazette',
        inbound: [fromService(place, 'press', 8080)],
        more: (one) => inNamespace(one, 'prod.internal', 'gazette', endpoint.arn),
      },
    ]);
    return mergeWorlds([world, endpoint.world]);
  },
};
