import { cloudMapOf, registered, registryOf } from '../build/cloud-map.ts';
import { mergeWorlds } from '../build/merge.ts';
import { fromService, pair } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const abbeyNamespaceElsewhere: Incident = {
  name: 'abbey-namespace-elsewhere',
  title: 'the namespace of choir belongs to another VPC than the one that abbey calls from',
  environment: 'staging',
  ask: 'connect abbey choir staging',
  expected: { state: 'problem', cause: 'connect-namespace-other-vpc', status: 'likely' },
  world(now, place) {
    const world = pair(place, now, [
      { service: 'abbey' },
      {
        service: 'choir',
        inbound: [fromService(place, 'abbey', 8080)],
        more: () => registryOf(place, 'choir'),
      },
    ]);
    const instances = registered(world.tasks, 'choir');
    const told = { name: 'choir', namespace: 'choir.internal', vpcs: ['vpc-0c7d41f09be2a6358'], instances };
    return mergeWorlds([world, cloudMapOf(place, told)]);
  },
};
