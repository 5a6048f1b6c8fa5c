import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { scaledIn } from '../build/stop.ts';
import { after, before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** All new tasks are healthy; an old one protects itself, and the deployment cannot end. */
export const streamProtected: Incident = {
  name: 'stream-protected',
  title: 'stream:8 runs whole, and its deployment waits for an old task that is protected from scale-in',
  environment: 'prod',
  ask: 'deployment stream prod',
  expected: { state: 'problem', cause: 'scale-in-protected', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'stream',
      revision: 8,
      desired: 2,
      took: [6, 7, 6, 8],
      began: 52,
    });
    const fresh = [0, 1].map((number) => launched(told.next, 10 + number, ago(51)));
    const [held, replaced] = told.serving;
    if (!held || !replaced) throw new Error('two tasks served before');
    return {
      ...serviceWorld(place, now, {
        ...told,
        desired: 2,
        tasks: [held, scaledIn(replaced, ago(49), told.next.id), ...fresh],
        breaker: { enable: true, rollback: true },
      }),
      taskProtection: { [held.taskArn ?? '']: after(now, 7_860) },
    };
  },
};
