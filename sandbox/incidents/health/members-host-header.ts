import { wrongCode } from '../build/balancer.ts';
import { failedChecks } from '../build/failed-checks.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The list of allowed hosts is enforced now, and a check names the address of the target as its host. */
export const membersHostHeader: Incident = {
  name: 'members-host-header',
  title: 'members refuses the load balancer’s check, which names an address as its host',
  environment: 'staging',
  ask: 'health members staging',
  expected: { state: 'problem', cause: 'elb-health-wrong-code', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'members', tag),
      memory: 512,
      port: 8080,
    });
    return failedChecks(place, now, {
      service: 'members',
      good: { revision: 33, ago: days(6), containers: [container('5.1.0')] },
      bad: { revision: 34, ago: 22, containers: [container('5.2.0')] },
      lives: 121,
      gracePeriod: 60,
      health: wrongCode(400),
      says: [
        [2.2, 'Starting development server at http://0.0.0.0:8080/'],
        [
          17.1,
          "Invalid HTTP_HOST header: '10.30.12.7:8080'. You may need to add '10.30.12.7' to ALLOWED_HOSTS.",
        ],
      ],
    });
  },
};
