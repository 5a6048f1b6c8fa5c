import { endpointOf } from '../build/cloud-map.ts';
import { mergeWorlds } from '../build/merge.ts';
import { fromService, inNamespace, pair } from '../build/pair.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

export const chorusDeployedBefore: Incident = {
  name: 'chorus-deployed-before',
  title: 'chorus was deployed before soloist used Service Connect, and its proxies do not know the name',
  environment: 'prod',
  ask: 'connect chorus soloist prod',
  expected: { state: 'problem', cause: 'connect-client-older', status: 'confirmed' },
  world(now, place) {
    const endpoint = endpointOf(place, 'soloist', before(now)(90, 4));
    const world = pair(place, now, [
      { service: 'chorus', ago: 3_000, more: (one) => inNamespace(one, 'prod.internal') },
      {
        service: 'soloist',
        ago: 90,
        inbound: [fromService(place, 'chorus', 8080)],
        more: (one) => inNamespace(one, 'prod.internal', 'soloist', endpoint.arn),
      },
    ]);
    return mergeWorlds([world, endpoint.world]);
  },
};
