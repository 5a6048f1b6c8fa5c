import { failedChecks } from '../build/failed-checks.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Who is in the prefix list nobody has looked up: whether the load balancer is let in cannot be said. */
export const quayPrefixList: Incident = {
  name: 'quay-prefix-list',
  title: 'the checks of quay time out, and its security group names a prefix list',
  environment: 'staging',
  ask: 'health quay staging',
  expected: { state: 'problem', cause: 'elb-health-timeout', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'quay', tag),
      memory: 512,
      port: 8080,
    });
    return failedChecks(place, now, {
      service: 'quay',
      good: { revision: 20, ago: days(30), containers: [container('6.0.3')] },
      bad: { revision: 21, ago: 22, containers: [container('6.1.0')] },
      letsIn: [
        {
          IpProtocol: 'tcp',
          FromPort: 8080,
          ToPort: 8080,
          PrefixListIds: [{ PrefixListId: 'pl-0d4f1c2b3a5968777' }],
        },
      ],
      lives: 122,
      gracePeriod: 60,
      health: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
      says: [[1.1, 'quay 6.1.0 listening on 0.0.0.0:8080']],
    });
  },
};
