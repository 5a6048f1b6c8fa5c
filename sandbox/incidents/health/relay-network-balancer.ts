import { balancerOf } from '../build/balancer.ts';
import { failedChecks } from '../build/failed-checks.ts';
import { ecrImage } from '../build/names.ts';
import { ownBalancer } from '../build/own-balancer.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** A network load balancer without a security group checks from addresses in its subnets, and only clients are let in. */
export const relayNetworkBalancer: Incident = {
  name: 'relay-network-balancer',
  title: 'relay lets its clients in and not the checks of its network load balancer',
  environment: 'prod',
  ask: 'health relay prod',
  expected: { state: 'problem', cause: 'health-security-group-blocks', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'relay', tag),
      memory: 512,
      port: 8080,
    });
    const shared = balancerOf(place, 'relay', {
      settings: {
        Protocol: 'TCP',
        ProtocolVersion: undefined,
        HealthCheckProtocol: 'TCP',
        HealthCheckPath: undefined,
        Matcher: undefined,
        HealthCheckTimeoutSeconds: 10,
      },
    });
    const balancer = ownBalancer(place, shared, 'relay', {
      Type: 'network',
      Scheme: 'internal',
      SecurityGroups: undefined,
    });
    return failedChecks(place, now, {
      service: 'relay',
      good: { revision: 4, ago: days(11), containers: [container('0.3.0')] },
      bad: { revision: 5, ago: 22, containers: [container('0.4.0')] },
      balancer,
      letsIn: [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: '172.16.8.0/21' }] }],
      lives: 124,
      gracePeriod: 60,
      health: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Health checks timed out' },
      says: [[0.8, 'relay 0.4.0 accepting on 0.0.0.0:8080']],
    });
  },
};
