import { fromService, pair, tcp } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const bursarEgressHardened: Incident = {
  name: 'bursar-egress-hardened',
  title: 'bursar lets out HTTPS alone since its hardening, and payroll listens on 8080',
  environment: 'staging',
  ask: 'connect bursar payroll staging',
  expected: { state: 'problem', cause: 'connect-egress-missing', status: 'confirmed' },
  world(now, place) {
    return pair(place, now, [
      { service: 'bursar', outbound: [tcp(443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })] },
      { service: 'payroll', inbound: [fromService(place, 'bursar', 8080)] },
    ]);
  },
};
