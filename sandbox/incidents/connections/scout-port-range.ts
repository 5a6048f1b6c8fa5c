import { pair } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const scoutPortRange: Incident = {
  name: 'scout-port-range',
  title: 'scout reaches rangers through a range of ports from the whole VPC',
  environment: 'staging',
  ask: 'connect scout rangers staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const range = { IpProtocol: 'tcp', FromPort: 8000, ToPort: 8999, IpRanges: [{ CidrIp: '10.30.0.0/16' }] };
    return pair(place, now, [{ service: 'scout' }, { service: 'rangers', inbound: [range] }]);
  },
};
