import { failedChecks } from '../build/failed-checks.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The app now listens on 4000; what it is registered with is 8080, where nobody answers. */
export const graphqlWrongPort: Incident = {
  name: 'graphql-wrong-port',
  title: 'graphql:82 listens on another port than the one that the load balancer checks',
  environment: 'staging',
  ask: 'why-stopped graphql staging',
  expected: { state: 'problem', cause: 'elb-health-connection-failed', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'graphql', tag),
      memory: 1024,
      port: 8080,
    });
    return failedChecks(place, now, {
      service: 'graphql',
      good: { revision: 81, ago: days(3), containers: [container('6.7.0')] },
      bad: { revision: 82, ago: 22, containers: [container('7.0.0')] },
      lives: 118,
      gracePeriod: 60,
      health: {
        State: 'unhealthy',
        Reason: 'Target.FailedHealthChecks',
        Description: 'Health checks failed',
      },
      says: [[1.6, 'graphql 7.0.0 ready at http://0.0.0.0:4000/']],
    });
  },
};
