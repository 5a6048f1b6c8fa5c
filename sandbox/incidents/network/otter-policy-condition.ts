import { endpoints, inOwnVpc, isolated } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** Whether the tag of the role fits is known to AWS alone: neither denied nor allowed. */
export const otterPolicyCondition: Incident = {
  name: 'otter-policy-condition',
  title: 'the endpoint policy of otter hangs on a tag that cannot be seen',
  environment: 'staging',
  ask: 'network otter staging',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world(now, place) {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalTag/team': 'harbour' } },
        },
      ],
    });
    return inOwnVpc(place, {
      service: 'otter',
      world: quietService(place, now, 'otter', {
        revision: 5,
        tag: '0.5.5',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        isolated,
        endpoints('otter', ['ecr.dkr', 'logs']),
        endpoints('otter', ['ecr.api'], { group: 'ecr', policy }),
      ],
    });
  },
};
