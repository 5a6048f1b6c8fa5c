import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage, idOf } from '../build/names.ts';
import { zonesOf } from '../build/network.ts';
import { between } from '../build/seeded.ts';
import { days } from '../build/times.ts';
import { withoutInterface } from '../build/without-interface.ts';
import type { Incident } from '../incident.ts';

/** A deployment needs addresses for the old tasks and the new ones at once, and the subnets have none left. */
export const loyaltyNoAddresses: Incident = {
  name: 'loyalty-no-addresses',
  title: 'the subnets of loyalty have no free address for new tasks',
  environment: 'prod',
  ask: 'why-stopped loyalty prod',
  expected: { state: 'problem', cause: 'subnet-ip-exhausted', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'loyalty', tag),
      memory: 1024,
    });
    const zones = zonesOf(place);
    return withoutInterface(
      failedStarts(place, now, {
        service: 'loyalty',
        good: { revision: 47, ago: days(1), containers: [container('2.14.0')] },
        bad: { revision: 48, ago: 20, containers: [container('2.15.0')] },
        during: 'init',
        givesUpAfter: 13,
        reason: (task) => {
          const zone = zones[between(idOf(task), 0, 2)] ?? zones[0];
          return `Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in subnet '${zone.subnet}': InsufficientFreeAddressesInSubnet`;
        },
      }),
    );
  },
};
