import { ended } from '../build/ended.ts';
import { ecrImage } from '../build/names.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The log names the setting, and the two revisions show who took it away: one proves the other. */
export const basketSettingRemoved: Incident = {
  name: 'basket-setting-removed',
  title: 'basket:66 no longer sets REDIS_URL, without which the app ends',
  environment: 'prod',
  ask: 'why-stopped basket prod',
  expected: {
    state: 'problem',
    cause: 'variable-removed',
    status: 'confirmed',
    chain: ['crash-loop-after-running', 'app-config-missing', 'variable-removed'],
  },
  world(now, place) {
    const container = (environment: Record<string, string>) => ({
      name: 'app',
      image: ecrImage(place, 'basket', '14.2.0'),
      memory: 1024,
      environment,
    });
    const without = { LOG_LEVEL: 'info' };
    const all = { ...without, REDIS_URL: 'rediss://basket.prod.internal:6379' };
    return ended(place, now, {
      service: 'basket',
      good: { revision: 65, ago: days(10), containers: [container(all)] },
      bad: { revision: 66, ago: 28, containers: [container(without)] },
      lives: 2.2,
      ends: { app: { exitCode: 1 } },
      says: {
        app: [
          [0.8, 'basket 14.2.0 starting'],
          [1.1, 'Error: environment variable REDIS_URL is not set'],
          [1.1, '    at requireEnv (/app/dist/env.js:9:11)'],
        ],
      },
    });
  },
};
