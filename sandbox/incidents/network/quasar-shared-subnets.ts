import { inOwnVpc } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** Endpoints and gateways belong to the owner and cannot be seen from here. */
export const quasarSharedSubnets: Incident = {
  name: 'quasar-shared-subnets',
  title: 'the subnets of quasar belong to another account, which shares them',
  environment: 'staging',
  ask: 'network quasar staging',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'quasar',
      world: quietService(place, now, 'quasar', {
        revision: 2,
        tag: '0.2.0',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        (network, ids) => ({
          ...network,
          vpcs: [],
          natGateways: [],
          vpcEndpoints: [],
          subnets: network.subnets?.map(({ BlockPublicAccessStates: _, ...subnet }) => ({
            ...subnet,
            OwnerId: '444444444444',
          })),
          routeTables: network.routeTables?.map((table) => ({ ...table, OwnerId: '444444444444' })),
          vpcAttributes: { [ids.vpc]: {} },
        }),
      ],
    });
  },
};
