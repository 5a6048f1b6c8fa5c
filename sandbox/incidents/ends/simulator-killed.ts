import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Exit 137, and nothing that says who sent SIGKILL: that it was the memory would be a guess. */
export const simulatorKilled: Incident = {
  name: 'simulator-killed',
  title: 'simulator ends with 137, and nothing says who killed it',
  environment: 'staging',
  ask: 'why-stopped simulator staging',
  expected: { state: 'problem', cause: 'sigkill-unexplained', status: 'open' },
  world(now, place) {
    const container = { name: 'app', image: ecrImage(place, 'simulator', '1.15.2'), memory: 1024 };
    return ended(place, now, {
      service: 'simulator',
      bad: { revision: 35, ago: days(4), containers: [container] },
      lives: 505,
      ends: { app: { exitCode: 137 } },
      starts: [49, 38.2, 27.5, 17, 6.2],
      last: 'running',
      says: {
        app: [
          [0.8, 'simulator 1.15.2 with 4 workers'],
          [-3.1, 'step 40412 done in 12 ms'],
        ],
      },
    });
  },
};
