import { replacedAfterStop } from './build/stopped-by-person.ts';
import type { Incident } from './incident.ts';

/** StopTask takes any text as its reason, also one of AWS's own. The stop code says who it was. */
export const sessionsForgedReason: Incident = {
  name: 'sessions-forged-reason',
  title: 'somebody stopped a task of sessions with the text of an out-of-memory error as the reason',
  environment: 'staging',
  ask: 'why-stopped sessions staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    replacedAfterStop(place, now, 'sessions', 'OutOfMemoryError: Container killed due to memory usage'),
};
