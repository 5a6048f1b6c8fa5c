import { failedChecks } from '../build/failed-checks.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The app listens; the new security group lets nobody from the load balancer in. */
export const geofenceHealthTimeout: Incident = {
  name: 'geofence-health-timeout',
  title: 'the load balancer gets no answer from geofence in time',
  environment: 'prod',
  ask: 'why-stopped geofence prod',
  expected: {
    state: 'problem',
    cause: 'health-security-group-blocks',
    status: 'confirmed',
    chain: ['unhealthy-replaced', 'elb-health-timeout', 'health-security-group-blocks'],
  },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'geofence', tag),
      memory: 1024,
      port: 8080,
    });
    return failedChecks(place, now, {
      service: 'geofence',
      good: { revision: 25, ago: days(12), containers: [container('2.0.9')] },
      bad: { revision: 26, ago: 22, containers: [container('2.1.0')] },
      letsIn: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.20.0.0/16' }] }],
      lives: 122,
      gracePeriod: 60,
      health: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
      says: [[1.1, 'geofence 2.1.0 listening on 0.0.0.0:8080']],
    });
  },
};
