import { fromService, pair } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const candleNoTasks: Incident = {
  name: 'candle-no-tasks',
  title: 'candle calls wick, which is scaled to nothing',
  environment: 'staging',
  ask: 'connect candle wick staging',
  expected: { state: 'problem', cause: 'connect-no-tasks', status: 'confirmed' },
  world(now, place) {
    return pair(place, now, [
      { service: 'candle' },
      { service: 'wick', desired: 0, inbound: [fromService(place, 'candle', 8080)] },
    ]);
  },
};
