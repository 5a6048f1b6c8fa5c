import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import type { Incident } from '../incident.ts';

/** A script that does its work and ends, run as a service: ECS starts it again for ever. */
export const seederCleanExit: Incident = {
  name: 'seeder-clean-exit',
  title: 'seeder does its work, ends with 0, and is started again, since it is a service',
  environment: 'staging',
  ask: 'why-stopped seeder staging',
  expected: { state: 'problem', cause: 'app-exit-clean-in-service', status: 'confirmed' },
  world(now, place) {
    const container = { name: 'seed', image: ecrImage(place, 'seeder', '1.0.0'), memory: 512 };
    return ended(place, now, {
      service: 'seeder',
      bad: { revision: 1, ago: 41, containers: [container] },
      lives: 21,
      ends: { seed: { exitCode: 0 } },
      starts: [40, 37.1, 33.6, 29.2, 24, 17.7, 10.2, 0.4],
      says: {
        seed: [
          [0.6, 'seeding 14 tables'],
          [19.8, '14 tables seeded, 0 errors'],
        ],
      },
    });
  },
};
