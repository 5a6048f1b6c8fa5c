import { inOwnVpc } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** The NAT gateway was put into one of the subnets that it is to serve, so that its traffic comes back to itself. */
export const aviaryNatWithoutIgw: Incident = {
  name: 'aviary-nat-without-igw',
  title: 'the NAT gateway of aviary lies in a private subnet',
  environment: 'staging',
  ask: 'network aviary staging',
  expected: { state: 'problem', cause: 'network-nat-no-internet', status: 'confirmed' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'aviary',
      world: quietService(place, now, 'aviary', {
        revision: 12,
        tag: '1.4.2',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        (network, ids) => ({
          ...network,
          natGateways: network.natGateways?.map((nat) => ({ ...nat, SubnetId: ids.privateSubnets[0] })),
        }),
      ],
    });
  },
};
