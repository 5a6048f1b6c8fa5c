import { ecrImage } from '../build/names.ts';
import { paced } from '../build/paced.ts';
import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The application waits until its proxy counts as healthy, which the check of the proxy says every two minutes. */
export const bellowsSlowBoot: Incident = {
  name: 'bellows-slow-boot',
  title: 'the application of bellows waits for the health check of its proxy before it starts',
  environment: 'prod',
  ask: 'startup bellows prod',
  expected: { state: 'problem', cause: 'slow-start-boot', status: 'confirmed' },
  world(now, place) {
    const world = standing(place, now, {
      service: 'bellows',
      ago: days(3),
      desired: 2,
      version: {
        containers: [
          {
            name: 'app',
            image: ecrImage(place, 'bellows', '3.2.1'),
            memory: 1024,
            port: 8080,
            dependsOn: [{ containerName: 'proxy', condition: 'HEALTHY' }],
          },
          {
            name: 'proxy',
            image: ecrImage(place, 'envoy', '1.31.0'),
            memory: 128,
            healthCheck: {
              command: ['CMD-SHELL', 'curl -sf http://localhost:9901/ready'],
              interval: 120,
              timeout: 5,
              retries: 3,
            },
          },
        ],
      },
    });
    return { ...world, tasks: world.tasks?.map((task) => paced(task, { boot: 123.7 })) };
  },
};
