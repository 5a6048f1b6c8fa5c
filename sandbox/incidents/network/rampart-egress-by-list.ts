import { inOwnVpc, lettingOut } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import { hex } from '../build/seeded.ts';
import type { Incident } from '../incident.ts';

/** Its security group lets out to a list of the company's own, which together holds every address. */
export const rampartEgressByList: Incident = {
  name: 'rampart-egress-by-list',
  title: 'rampart is let out by a prefix list that covers what it needs',
  environment: 'staging',
  ask: 'network rampart staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const id = `pl-0${hex('rampart egress list', 16)}`;
    const arn = `arn:aws:ec2:${place.region}:${place.account}:prefix-list/${id}`;
    const told = inOwnVpc(place, {
      service: 'rampart',
      world: quietService(place, now, 'rampart', {
        revision: 4,
        tag: '1.1.0',
        desired: 2,
        deployed: 8,
        web: false,
      }),
      changes: [
        lettingOut('rampart', [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: id }] },
        ]),
      ],
    });
    const list = {
      PrefixListId: id,
      PrefixListArn: arn,
      PrefixListName: 'egress',
      AddressFamily: 'IPv4',
      State: 'create-complete' as const,
      MaxEntries: 10,
      Version: 1,
      OwnerId: place.account,
    };
    return {
      ...told,
      prefixLists: [...(told.prefixLists ?? []), { list, cidrs: ['0.0.0.0/1', '128.0.0.0/1'] }],
    };
  },
};
