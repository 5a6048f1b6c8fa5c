import { quietService } from '../build/quiet.ts';
import { withExec } from '../build/with-exec.ts';
import type { Incident } from '../incident.ts';

/** Values of variables are never read, so this stays open. */
export const iconsExecProxy: Incident = {
  name: 'icons-exec-proxy',
  title: 'icons talks through a proxy, and what NO_PROXY holds is not read',
  environment: 'staging',
  ask: 'exec icons staging',
  expected: { state: 'unknown', cause: null, status: 'open' },
  world: (now, place) =>
    withExec(quietService(place, now, 'icons', { revision: 8, tag: '0.7.7', desired: 1, deployed: 5 }), {
      container: {
        environment: [
          { name: 'HTTPS_PROXY', value: 'http://proxy.internal:3128' },
          { name: 'NO_PROXY', value: '169.254.170.2,169.254.169.254' },
        ],
      },
    }),
};
