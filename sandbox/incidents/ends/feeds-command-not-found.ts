import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

export const feedsCommandNotFound: Incident = {
  name: 'feeds-command-not-found',
  title: 'feeds:33 calls a program that its slimmer image no longer has: exit code 127',
  environment: 'staging',
  ask: 'why-stopped feeds staging',
  expected: { state: 'problem', cause: 'app-command-not-found', status: 'confirmed' },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'feeds', tag),
      memory: 512,
      command: ['sh', '-c', 'envsubst < feeds.tmpl > feeds.toml && exec feeds'],
    });
    return ended(place, now, {
      service: 'feeds',
      good: { revision: 32, ago: days(7), containers: [container('2.9.0')] },
      bad: { revision: 33, ago: 28, containers: [container('2.9.1-slim')] },
      lives: 0.9,
      ends: { app: { exitCode: 127 } },
      says: { app: [[0.2, 'sh: 1: envsubst: not found']] },
    });
  },
};
