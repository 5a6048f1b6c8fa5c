import { balancerOf } from '../build/balancer.ts';
import { failedChecks } from '../build/failed-checks.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { securityGroupOf, vpcOf } from '../build/network.ts';
import { ownBalancer } from '../build/own-balancer.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The tasks let the load balancer in; the load balancer may talk only to the tasks of the service before. */
export const ferryBalancerEgress: Incident = {
  name: 'ferry-balancer-egress',
  title: 'the load balancer of ferry may not send to the tasks of ferry',
  environment: 'staging',
  ask: 'health ferry staging',
  expected: { state: 'problem', cause: 'health-security-group-blocks', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'ferry', tag),
      memory: 512,
      port: 8080,
    });
    const own = securityGroupOf(place, 'ferry load balancer');
    const balancer = ownBalancer(place, balancerOf(place, 'ferry'), 'ferry', { SecurityGroups: [own] });
    return mergeWorlds([
      failedChecks(place, now, {
        service: 'ferry',
        good: { revision: 7, ago: days(15), containers: [container('1.1.0')] },
        bad: { revision: 8, ago: 22, containers: [container('1.2.0')] },
        balancer,
        letsIn: [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, UserIdGroupPairs: [{ GroupId: own }] }],
        lives: 122,
        gracePeriod: 60,
        health: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
        says: [[1.1, 'ferry 1.2.0 listening on 0.0.0.0:8080']],
      }),
      {
        securityGroups: [
          {
            GroupId: own,
            GroupName: 'ferry-load-balancer',
            Description: 'HTTPS from everywhere',
            OwnerId: place.account,
            VpcId: vpcOf(place),
            IpPermissions: [
              { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
            ],
            IpPermissionsEgress: [
              {
                IpProtocol: 'tcp',
                FromPort: 8080,
                ToPort: 8080,
                UserIdGroupPairs: [{ GroupId: securityGroupOf(place, 'ferry before') }],
              },
            ],
          },
        ],
      },
    ]);
  },
};
