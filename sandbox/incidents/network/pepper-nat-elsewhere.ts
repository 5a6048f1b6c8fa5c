import { inOwnVpc } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** It costs traffic between zones and fails with that zone, but it works. */
export const pepperNatElsewhere: Incident = {
  name: 'pepper-nat-elsewhere',
  title: 'pepper leaves through a NAT gateway in another zone',
  environment: 'staging',
  ask: 'network pepper staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'pepper',
      world: quietService(place, now, 'pepper', {
        revision: 26,
        tag: '3.0.0',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        (network, ids) => ({
          ...network,
          natGateways: network.natGateways?.map((nat) => ({ ...nat, SubnetId: ids.publicSubnets[2] })),
        }),
      ],
    });
  },
};
