import { balancerOf } from '../build/balancer.ts';
import { behindInstances } from '../build/behind-instances.ts';
import { instanceOf } from '../build/ec2.ts';
import { failedChecks } from '../build/failed-checks.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { securityGroupOf, vpcOf } from '../build/network.ts';
import { hostOf } from '../build/shared-network.ts';
import { before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Host ports became dynamic with the new revision; the group of the instances admits the load balancer at 8080 alone. */
export const foundryInstanceGroup: Incident = {
  name: 'foundry-instance-group',
  title: 'the instances of foundry let the load balancer in at a port that no task has any more',
  environment: 'staging',
  ask: 'health foundry staging',
  expected: {
    state: 'problem',
    cause: 'health-security-group-blocks',
    status: 'confirmed',
    chain: ['unhealthy-replaced', 'elb-health-timeout', 'health-security-group-blocks'],
  },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'foundry', tag),
      memory: 512,
      port: 8080,
    });
    const balancer = balancerOf(place, 'foundry', { settings: { TargetType: 'instance', Port: 80 } });
    const of = (number: number) =>
      instanceOf(place, 'foundry', { number, registeredAt: before(now)(days(44)) });
    const instances: [ReturnType<typeof of>, ReturnType<typeof of>] = [of(0), of(1)];
    const own = securityGroupOf(place, 'foundry instances');
    const world = failedChecks(place, now, {
      service: 'foundry',
      good: { revision: 30, ago: days(21), containers: [container('5.2.0')] },
      bad: { revision: 31, ago: 22, containers: [container('5.3.0')] },
      balancer,
      lives: 122,
      gracePeriod: 60,
      health: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
      says: [[1.2, 'foundry 5.3.0 listening on 0.0.0.0:8080']],
    });
    return mergeWorlds([
      behindInstances(world, balancer, instances),
      {
        instances: instances.map((instance) => ({
          ...hostOf(place, instance),
          SecurityGroups: [{ GroupId: own, GroupName: 'foundry-instances' }],
        })),
        securityGroups: [
          {
            GroupId: own,
            GroupName: 'foundry-instances',
            Description: 'Instances of foundry',
            OwnerId: place.account,
            VpcId: vpcOf(place),
            IpPermissions: [
              {
                IpProtocol: 'tcp',
                FromPort: 8080,
                ToPort: 8080,
                UserIdGroupPairs: [
                  { GroupId: securityGroupOf(place, 'load balancer'), UserId: place.account },
                ],
              },
            ],
            IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
          },
        ],
      },
    ]);
  },
};
