import { inOwnVpc } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** Block public access was turned on for the account with an exclusion for the shared VPC alone. */
export const jasminePublicAccessBlocked: Incident = {
  name: 'jasmine-public-access-blocked',
  title: 'the account blocks public access, and the VPC of jasmine is not excluded',
  environment: 'staging',
  ask: 'network jasmine staging',
  expected: { state: 'problem', cause: 'network-public-access-blocked', status: 'confirmed' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'jasmine',
      world: quietService(place, now, 'jasmine', {
        revision: 21,
        tag: '4.0.2',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        (network) => ({
          ...network,
          publicAccessBlock: {
            AwsAccountId: place.account,
            AwsRegion: place.region,
            State: 'update-complete',
            InternetGatewayBlockMode: 'block-bidirectional',
            ExclusionsAllowed: 'allowed',
            ManagedBy: 'account',
          },
          subnets: network.subnets?.map((subnet) => ({
            ...subnet,
            BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-bidirectional' },
          })),
        }),
      ],
    });
  },
};
