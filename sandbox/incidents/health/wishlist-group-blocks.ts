import { failedChecks } from '../build/failed-checks.ts';
import { ecrImage } from '../build/names.ts';
import { securityGroupOf } from '../build/network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The port moved from 3000 to 8080 with the new image; the rule for the load balancer stayed where it was. */
export const wishlistGroupBlocks: Incident = {
  name: 'wishlist-group-blocks',
  title: 'the security group of wishlist lets the load balancer in at the port of yesterday',
  environment: 'prod',
  ask: 'health wishlist prod',
  expected: { state: 'problem', cause: 'health-security-group-blocks', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'wishlist', tag),
      memory: 1024,
      port: 8080,
    });
    return failedChecks(place, now, {
      service: 'wishlist',
      good: { revision: 11, ago: days(40), containers: [container('1.4.0')] },
      bad: { revision: 12, ago: 22, containers: [container('2.0.0')] },
      letsIn: [
        {
          IpProtocol: 'tcp',
          FromPort: 3000,
          ToPort: 3000,
          UserIdGroupPairs: [{ GroupId: securityGroupOf(place, 'load balancer'), UserId: place.account }],
        },
        { IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: '192.168.40.0/24' }] },
      ],
      lives: 122,
      gracePeriod: 60,
      health: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
      says: [[1.3, 'wishlist 2.0.0 listening on 0.0.0.0:8080']],
    });
  },
};
