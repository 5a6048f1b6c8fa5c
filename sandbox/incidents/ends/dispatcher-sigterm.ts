import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** ECS asked for no stop. Something in the container, or on its host, sent SIGTERM. */
export const dispatcherSigterm: Incident = {
  name: 'dispatcher-sigterm',
  title: 'dispatcher ends on a SIGTERM that ECS did not send',
  environment: 'prod',
  ask: 'why-stopped dispatcher prod',
  expected: { state: 'problem', cause: 'sigterm-unrequested', status: 'likely' },
  world(now, place) {
    const container = { name: 'app', image: ecrImage(place, 'dispatcher', '2.7.7'), memory: 512 };
    return ended(place, now, {
      service: 'dispatcher',
      bad: { revision: 44, ago: days(13), containers: [container] },
      lives: 600,
      ends: { app: { exitCode: 143 } },
      starts: [47, 35.1, 23.8, 12.1, 0.6],
      says: {
        app: [
          [0.6, 'dispatcher 2.7.7 ready'],
          [-1.2, 'SIGTERM received, closing 12 connections'],
        ],
      },
    });
  },
};
