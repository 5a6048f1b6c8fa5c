import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { standing } from '../build/standing.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The base image lost curl. ECS keeps no output of the command, so that it is curl stays a hint. */
export const notaryCheckTool: Incident = {
  name: 'notary-check-tool',
  title: 'the health command of notary calls curl, and its image is a slim one',
  environment: 'staging',
  ask: 'health notary staging',
  expected: { state: 'problem', cause: 'container-health-failed', status: 'confirmed' },
  world(now, place) {
    const world = standing(place, now, {
      service: 'notary',
      ago: 6,
      desired: 0,
      version: {
        outcome: 'in-progress',
        containers: [
          {
            name: 'app',
            image: ecrImage(place, 'notary', '2.0.0-slim'),
            memory: 512,
            port: 8080,
            healthCheck: {
              command: ['CMD-SHELL', 'curl -fsS http://localhost:8080/health || exit 1'],
              interval: 10,
              timeout: 5,
              retries: 3,
              startPeriod: 30,
            },
          },
        ],
      },
      more: (live) => [launched(live, 10, before(now)(2), { health: 'UNHEALTHY' })],
      story: { desired: 1 },
    });
    return { ...world };
  },
};
