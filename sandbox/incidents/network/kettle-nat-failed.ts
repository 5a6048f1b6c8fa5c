import { inOwnVpc } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** The elastic address of the gateway was already in use when it was made. */
export const kettleNatFailed: Incident = {
  name: 'kettle-nat-failed',
  title: 'the NAT gateway of kettle failed',
  environment: 'staging',
  ask: 'network kettle staging',
  expected: { state: 'problem', cause: 'network-nat-unavailable', status: 'confirmed' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'kettle',
      world: quietService(place, now, 'kettle', {
        revision: 9,
        tag: '1.1.0',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        (network) => ({
          ...network,
          natGateways: network.natGateways?.map((nat) => ({
            ...nat,
            State: 'failed',
            FailureCode: 'Resource.AlreadyAssociated',
            FailureMessage: 'Elastic IP address is already associated with another network interface',
          })),
        }),
      ],
    });
  },
};
