import { balancerOf } from '../build/balancer.ts';
import { failedChecks } from '../build/failed-checks.ts';
import { ecrImage } from '../build/names.ts';
import { zonesOf } from '../build/network.ts';
import { ownBalancer } from '../build/own-balancer.ts';
import { inOwnVpc } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import { idsOf } from '../build/vpc.ts';
import { aclOf, openEntries } from '../build/vpc-parts.ts';
import type { Incident } from '../incident.ts';

/** The ACL of the private subnets admits the load balancer at the port of before; the security groups admit both. */
export const canalAclBetween: Incident = {
  name: 'canal-acl-between',
  title: 'a network ACL lets the load balancer reach canal at its port of before alone',
  environment: 'prod',
  ask: 'health canal prod',
  expected: {
    state: 'problem',
    cause: 'health-acl-blocks',
    status: 'confirmed',
    chain: ['unhealthy-replaced', 'elb-health-timeout', 'health-acl-blocks'],
  },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'canal', tag),
      memory: 512,
      port: 8080,
    });
    const { vpc, publicSubnets } = idsOf(place, 'canal');
    const shared = balancerOf(place, 'canal', { settings: { VpcId: vpc } });
    const balancer = ownBalancer(place, shared, 'canal', {
      VpcId: vpc,
      AvailabilityZones: zonesOf(place).map(({ name }, index) => ({
        ZoneName: name,
        SubnetId: publicSubnets[index],
        LoadBalancerAddresses: [],
      })),
    });
    const world = failedChecks(place, now, {
      service: 'canal',
      good: { revision: 3, ago: days(17), containers: [container('0.8.0')] },
      bad: { revision: 4, ago: 22, containers: [container('0.9.0')] },
      balancer,
      lives: 122,
      gracePeriod: 60,
      health: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
      says: [[0.9, 'canal 0.9.0 listening on 0.0.0.0:8080']],
    });
    return inOwnVpc(place, {
      service: 'canal',
      world,
      changes: [
        (network, ids) => ({
          ...network,
          networkAcls: [
            aclOf(place, ids.vpc, ids.acl.replace('acl-0', 'acl-1'), ids.privateSubnets, [
              ...openEntries.filter(({ Egress, RuleNumber }) => Egress || RuleNumber === 32_767),
              ...([3000, 443] as const).map((port, index) => ({
                Egress: false,
                Protocol: '6',
                PortRange: { From: port, To: port },
                CidrBlock: '0.0.0.0/0',
                RuleAction: 'allow' as const,
                RuleNumber: 100 + 10 * index,
              })),
              {
                Egress: false,
                Protocol: '6',
                PortRange: { From: 32_768, To: 60_999 },
                CidrBlock: '0.0.0.0/0',
                RuleAction: 'allow',
                RuleNumber: 120,
              },
            ]),
            ...(network.networkAcls ?? []).map((acl) => ({
              ...acl,
              Associations: acl.Associations?.filter(
                ({ SubnetId = '' }) => !ids.privateSubnets.includes(SubnetId),
              ),
            })),
          ],
        }),
      ],
    });
  },
};
