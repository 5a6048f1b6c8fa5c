import { cloudMapOf, registryOf } from '../build/cloud-map.ts';
import { mergeWorlds } from '../build/merge.ts';
import { fromService, pair } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const meadowStaleNames: Incident = {
  name: 'meadow-stale-names',
  title: 'Cloud Map still answers for cider with the addresses of tasks that are gone',
  environment: 'prod',
  ask: 'connect meadow cider prod',
  expected: { state: 'problem', cause: 'connect-discovery-stale', status: 'confirmed' },
  world(now, place) {
    const world = pair(place, now, [
      { service: 'meadow' },
      {
        service: 'cider',
        inbound: [fromService(place, 'meadow', 8080)],
        more: () => registryOf(place, 'cider'),
      },
    ]);
    const gone = { AWS_INSTANCE_IPV4: '10.20.7.77', AWS_INSTANCE_PORT: '8080' };
    return mergeWorlds([
      world,
      cloudMapOf(place, { name: 'cider', instances: [{ Id: '7d1a0c52', Attributes: gone }] }),
    ]);
  },
};
