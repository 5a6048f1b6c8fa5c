import { failedStarts, secretsNotPulled } from '../build/failed-starts.ts';
import { ecrImage, secretArn } from '../build/names.ts';
import { securityGroupOf } from '../build/network.ts';
import { endpoints, fromGroup, inOwnVpc } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The tasks have public addresses; since the endpoint has private DNS, the name leads to it, and its group knows others only. */
export const falconCapturedByEndpoint: Incident = {
  name: 'falcon-captured-by-endpoint',
  title: 'an endpoint for other services captures the tasks of falcon',
  environment: 'staging',
  ask: 'why-stopped falcon staging',
  expected: {
    state: 'problem',
    cause: 'network-endpoint-ingress-blocked',
    status: 'confirmed',
    chain: ['service-start-impaired', 'secrets-endpoint-unreachable', 'network-endpoint-ingress-blocked'],
  },
  world(now, place) {
    const secret = secretArn(place, 'falcon/database', 'Kd83ha');
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'falcon', tag),
      memory: 1024,
      secrets: { DATABASE_URL: secret },
    });
    const world = failedStarts(place, now, {
      service: 'falcon',
      good: { revision: 29, ago: days(9), containers: [container('1.0.8')] },
      bad: { revision: 30, ago: 37, containers: [container('1.0.9')] },
      during: 'init',
      givesUpAfter: 271,
      reason: () =>
        `${secretsNotPulled} unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret ${secret} from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded. Please check your task network configuration.`,
    });
    return inOwnVpc(place, {
      service: 'falcon',
      world,
      in: 'public',
      publicAddress: true,
      changes: [
        endpoints('falcon', ['secretsmanager'], {
          admits: [fromGroup(securityGroupOf(place, 'falcon workers'))],
        }),
      ],
    });
  },
};
