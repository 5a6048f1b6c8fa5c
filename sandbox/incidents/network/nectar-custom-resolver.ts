import { endpoints, inOwnVpc, isolated } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** Everything is there for a task that asks the resolver of Amazon; these ask another one. */
export const nectarCustomResolver: Incident = {
  name: 'nectar-custom-resolver',
  title: 'nectar resolves names through the company, which may or may not know the endpoints',
  environment: 'staging',
  ask: 'network nectar staging',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'nectar',
      world: quietService(place, now, 'nectar', {
        revision: 11,
        tag: '0.9.1',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        isolated,
        endpoints('nectar', ['ecr.api', 'ecr.dkr', 'logs']),
        (network) => ({
          ...network,
          dhcpOptions: network.dhcpOptions?.map((set) => ({
            ...set,
            DhcpConfigurations: [
              { Key: 'domain-name-servers', Values: [{ Value: '10.30.0.53' }, { Value: '10.30.64.53' }] },
            ],
          })),
        }),
      ],
    });
  },
};
