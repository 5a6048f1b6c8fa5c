import { mergeWorlds } from './build/merge.ts';
import { quietService } from './build/quiet.ts';
import type { Incident } from './incident.ts';

/** One name is the beginning of the other, and both are right. */
export const authSimilarNames: Incident = {
  name: 'auth-similar-names',
  title: 'auth and auth-internal run as they should; one name begins with the other',
  environment: 'prod',
  ask: 'why-stopped auth prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    mergeWorlds([
      quietService(place, now, 'auth', { revision: 64, tag: '2.2.0', desired: 2, deployed: 16 }),
      quietService(place, now, 'auth-internal', { revision: 19, tag: '2.2.0', desired: 2, deployed: 16 }),
    ]),
};
