import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Something was deployed just before, and it is not the reason: a database that refuses is not in a revision. */
export const raffleUnrelatedChange: Incident = {
  name: 'raffle-unrelated-change',
  title: 'raffle:18 logs more and has more memory, and its database is down',
  environment: 'prod',
  ask: 'why-stopped raffle prod',
  expected: {
    state: 'problem',
    cause: 'app-dependency-unreachable',
    status: 'likely',
    chain: ['crash-loop-after-running', 'app-dependency-unreachable'],
  },
  world(now, place) {
    const container = (memory: number, level: string) => ({
      name: 'app',
      image: ecrImage(place, 'raffle', '2.2.0'),
      memory,
      environment: { LOG_LEVEL: level },
    });
    return ended(place, now, {
      service: 'raffle',
      good: { revision: 17, ago: days(5), containers: [container(512, 'info')] },
      bad: { revision: 18, ago: 30, containers: [container(1024, 'debug')] },
      lives: 9,
      ends: { app: { exitCode: 1 } },
      says: {
        app: [
          [0.5, 'raffle 2.2.0 starting, LOG_LEVEL debug'],
          [8.1, 'Error: connect ECONNREFUSED 10.20.200.40:5432'],
        ],
      },
    });
  },
};
