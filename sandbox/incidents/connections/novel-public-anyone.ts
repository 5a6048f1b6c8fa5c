import { balancerOf } from '../build/balancer.ts';
import { securityGroupOf } from '../build/network.ts';
import { pair, tcp } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const novelPublicAnyone: Incident = {
  name: 'novel-public-anyone',
  title: 'novel reaches reviews by the public load balancer, which admits everybody',
  environment: 'prod',
  ask: 'connect novel reviews prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const front = { UserIdGroupPairs: [{ GroupId: securityGroupOf(place, 'load balancer') }] };
    return pair(place, now, [
      { service: 'novel' },
      { service: 'reviews', balancer: balancerOf(place, 'reviews'), inbound: [tcp(8080, front)] },
    ]);
  },
};
