import { wrongCode } from '../build/balancer.ts';
import { failedChecks } from '../build/failed-checks.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Since the new version everything that comes in over HTTP is sent to HTTPS, the load balancer's check too. */
export const ticketsRedirect: Incident = {
  name: 'tickets-redirect',
  title: 'tickets answers its health check with a redirect to HTTPS',
  environment: 'prod',
  ask: 'health tickets prod',
  expected: { state: 'problem', cause: 'elb-health-wrong-code', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'tickets', tag),
      memory: 1024,
      port: 8080,
    });
    return failedChecks(place, now, {
      service: 'tickets',
      good: { revision: 18, ago: days(21), containers: [container('2.9.0')] },
      bad: { revision: 19, ago: 22, containers: [container('2.10.0')] },
      lives: 119,
      gracePeriod: 60,
      health: wrongCode(301),
      says: [
        [1.2, 'tickets 2.10.0 listening on 0.0.0.0:8080, force_ssl on'],
        [16.4, 'GET /health 301 Moved Permanently (ELB-HealthChecker/2.0)'],
      ],
    });
  },
};
