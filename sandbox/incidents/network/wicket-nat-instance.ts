import { inOwnVpc, privateRoutes } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

const machine = { InstanceId: 'i-04c1d9be27f6a8035', NetworkInterfaceId: 'eni-0b62e7d415fa93c80' } as const;

/** The machine was made anew, and its source/destination check is on again as it is for every new one. */
export const wicketNatInstance: Incident = {
  name: 'wicket-nat-instance',
  title: 'the NAT instance of wicket drops what is not meant for itself',
  environment: 'staging',
  ask: 'network wicket staging',
  expected: { state: 'problem', cause: 'network-appliance-drops', status: 'confirmed' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'wicket',
      world: quietService(place, now, 'wicket', {
        revision: 5,
        tag: '0.5.2',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        privateRoutes([
          {
            DestinationCidrBlock: '0.0.0.0/0',
            ...machine,
            InstanceOwnerId: place.account,
            Origin: 'CreateRoute',
            State: 'active',
          },
        ]),
        (network, ids) => ({
          ...network,
          natGateways: [],
          networkInterfaces: [
            {
              NetworkInterfaceId: machine.NetworkInterfaceId,
              InterfaceType: 'interface',
              Status: 'in-use',
              SourceDestCheck: true,
              SubnetId: ids.publicSubnets[0],
              VpcId: ids.vpc,
              OwnerId: place.account,
              Attachment: {
                AttachmentId: 'eni-attach-0c5d8f2a6b1e94730',
                DeviceIndex: 0,
                InstanceId: machine.InstanceId,
                InstanceOwnerId: place.account,
                Status: 'attached',
              },
              TagSet: [{ Key: 'Name', Value: 'nat-instance' }],
            },
          ],
        }),
      ],
    });
  },
};
