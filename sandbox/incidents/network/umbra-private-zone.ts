import type { VPCRegion } from '@aws-sdk/client-route-53';
import { inOwnVpc, isolated, privateRoutes } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** The endpoints are those of a hub, and what its zone says of their addresses is not read. */
export const umbraPrivateZone: Incident = {
  name: 'umbra-private-zone',
  title: 'a private zone answers for the names of ECR in the VPC of umbra',
  environment: 'staging',
  ask: 'network umbra staging',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'umbra',
      world: quietService(place, now, 'umbra', {
        revision: 9,
        tag: '1.3.0',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        isolated,
        privateRoutes([
          {
            DestinationCidrBlock: '10.0.0.0/8',
            TransitGatewayId: 'tgw-0b3e5f1c7a92d4680',
            Origin: 'CreateRoute',
            State: 'active',
          },
        ]),
        (network, ids) => ({
          ...network,
          hostedZones: [
            {
              zone: {
                HostedZoneId: 'Z07341823VN4GT6KQ2LME',
                Name: `ecr.${place.region}.amazonaws.com.`,
                Owner: { OwningAccount: '444444444444' },
              },
              vpcs: [{ VPCId: ids.vpc, VPCRegion: place.region as VPCRegion }],
            },
          ],
        }),
      ],
    });
  },
};
