import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

export const matchingDatabaseRefused: Incident = {
  name: 'matching-database-refused',
  title: 'matching cannot connect to its database, which refuses every connection',
  environment: 'prod',
  ask: 'why-stopped matching prod',
  expected: { state: 'problem', cause: 'app-dependency-unreachable', status: 'likely' },
  world(now, place) {
    const container = { name: 'app', image: ecrImage(place, 'matching', '8.8.0'), memory: 1024 };
    return ended(place, now, {
      service: 'matching',
      bad: { revision: 70, ago: days(15), containers: [container] },
      lives: 12,
      ends: { app: { exitCode: 1 } },
      says: {
        app: [
          [0.7, 'matching 8.8.0 starting'],
          [1.3, 'connect ECONNREFUSED 10.20.200.14:5432, attempt 1 of 3'],
          [5.3, 'connect ECONNREFUSED 10.20.200.14:5432, attempt 2 of 3'],
          [11.1, 'Error: connect ECONNREFUSED 10.20.200.14:5432'],
          [11.1, '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1645:16)'],
        ],
      },
    });
  },
};
