import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { inOwnVpc, privateRoutes } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The NAT gateway was deleted and its route left behind: the token for the image is asked of nobody. */
export const courierEcrAuthUnreachable: Incident = {
  name: 'courier-ecr-auth-unreachable',
  title: 'new tasks of courier cannot reach ECR for a login',
  environment: 'staging',
  ask: 'why-stopped courier staging',
  expected: {
    state: 'problem',
    cause: 'network-route-blackhole',
    status: 'confirmed',
    chain: ['service-start-impaired', 'ecr-auth-unreachable', 'network-route-blackhole'],
  },
  world(now, place) {
    const container = (tag: string) => ({ name: 'app', image: ecrImage(place, 'courier', tag), memory: 512 });
    const world = failedStarts(place, now, {
      service: 'courier',
      good: { revision: 72, ago: days(4), containers: [container('0.19.0')] },
      bad: { revision: 73, ago: 33, containers: [container('0.19.1')] },
      during: 'init',
      givesUpAfter: 236,
      tries: [32, 24, 14],
      reason: () =>
        `ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.${place.region}.amazonaws.com/": dial tcp 52.94.240.17:443: i/o timeout`,
    });
    return inOwnVpc(place, {
      service: 'courier',
      world,
      changes: [
        privateRoutes([
          {
            DestinationCidrBlock: '0.0.0.0/0',
            NatGatewayId: 'nat-07e2b6d41c9a38f50',
            Origin: 'CreateRoute',
            State: 'blackhole',
          },
        ]),
        (network) => ({ ...network, natGateways: [] }),
      ],
    });
  },
};
