import { quietService } from '../build/quiet.ts';
import { withExec } from '../build/with-exec.ts';
import type { Incident } from '../incident.ts';

/** Everything that a session needs is there. */
export const consoleExecReady: Incident = {
  name: 'console-exec-ready',
  title: 'console can be entered',
  environment: 'prod',
  ask: 'exec console prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world: (now, place) =>
    withExec(quietService(place, now, 'console', { revision: 18, tag: '1.4.0', desired: 2, deployed: 6 })),
};
