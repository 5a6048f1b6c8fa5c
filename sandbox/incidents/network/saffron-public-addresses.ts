import { inOwnVpc } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** Neither NAT gateway nor endpoint is in their table, and neither is missed. */
export const saffronPublicAddresses: Incident = {
  name: 'saffron-public-addresses',
  title: 'tasks of saffron have public addresses in public subnets',
  environment: 'staging',
  ask: 'network saffron staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'saffron',
      world: quietService(place, now, 'saffron', {
        revision: 6,
        tag: '0.6.4',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      in: 'public',
      publicAddress: true,
    });
  },
};
