import { inOwnVpc, privateRoutes } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** Healthy in many companies; what lies behind the transit gateway cannot be seen from this account. */
export const mangoTransitGateway: Incident = {
  name: 'mango-transit-gateway',
  title: 'mango leaves through the transit gateway of its company',
  environment: 'staging',
  ask: 'network mango staging',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'mango',
      world: quietService(place, now, 'mango', {
        revision: 33,
        tag: '1.9.9',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        privateRoutes([
          {
            DestinationCidrBlock: '0.0.0.0/0',
            TransitGatewayId: 'tgw-0b3e5f1c7a92d4680',
            Origin: 'CreateRoute',
            State: 'active',
          },
        ]),
        (network) => ({ ...network, natGateways: [] }),
      ],
    });
  },
};
