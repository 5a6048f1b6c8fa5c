import { cloudMapOf, registered, registryOf } from '../build/cloud-map.ts';
import { mergeWorlds } from '../build/merge.ts';
import { vpcOf } from '../build/network.ts';
import { fromService, pair } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const usherNamespaceShared: Incident = {
  name: 'usher-namespace-shared',
  title: 'the namespace of turnstile is known to two VPCs, that of usher among them',
  environment: 'prod',
  ask: 'connect usher turnstile prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const world = pair(place, now, [
      { service: 'usher' },
      {
        service: 'turnstile',
        inbound: [fromService(place, 'usher', 8080)],
        more: () => registryOf(place, 'turnstile'),
      },
    ]);
    const vpcs = ['vpc-0c7d41f09be2a6358', vpcOf(place)];
    const told = { name: 'turnstile', vpcs, instances: registered(world.tasks, 'turnstile') };
    return mergeWorlds([world, cloudMapOf(place, told)]);
  },
};
