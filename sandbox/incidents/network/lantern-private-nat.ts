import { inOwnVpc } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** A private NAT gateway hides addresses between networks, and its subnet leads nowhere else. */
export const lanternPrivateNat: Incident = {
  name: 'lantern-private-nat',
  title: 'the NAT gateway of lantern is a private one',
  environment: 'staging',
  ask: 'network lantern staging',
  expected: { state: 'problem', cause: 'network-nat-private', status: 'confirmed' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'lantern',
      world: quietService(place, now, 'lantern', {
        revision: 15,
        tag: '2.2.8',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        (network, ids) => ({
          ...network,
          natGateways: network.natGateways?.map((nat) => ({
            ...nat,
            ConnectivityType: 'private',
            SubnetId: ids.privateSubnets[1],
            NatGatewayAddresses: nat.NatGatewayAddresses?.map(({ PublicIp: _public, ...rest }) => rest),
          })),
        }),
      ],
    });
  },
};
