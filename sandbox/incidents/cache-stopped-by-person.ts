import { replacedAfterStop } from './build/stopped-by-person.ts';
import type { Incident } from './incident.ts';

export const cacheStoppedByPerson: Incident = {
  name: 'cache-stopped-by-person',
  title: 'somebody stopped a task of cache and said why; another runs in its place',
  environment: 'staging',
  ask: 'why-stopped cache staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    replacedAfterStop(place, now, 'cache', 'drain test before the move to valkey 9, ask kim'),
};
