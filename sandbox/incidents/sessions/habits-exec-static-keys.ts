import { quietService } from '../build/quiet.ts';
import { withExec } from '../build/with-exec.ts';
import type { Incident } from '../incident.ts';

/** Keys of a user from a time before task roles: the agent takes them first. */
export const habitsExecStaticKeys: Incident = {
  name: 'habits-exec-static-keys',
  title: 'keys in the environment of habits hide its task role',
  environment: 'staging',
  ask: 'exec habits staging',
  expected: { state: 'problem', cause: 'exec-static-credentials', status: 'confirmed' },
  world: (now, place) =>
    withExec(quietService(place, now, 'habits', { revision: 22, tag: '3.1.0', desired: 1, deployed: 30 }), {
      container: {
        environment: [
          { name: 'AWS_ACCESS_KEY_ID', value: 'AKIAIOSFODNN7EXAMPLE' },
          { name: 'AWS_SECRET_ACCESS_KEY', value: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
        ],
      },
    }),
};
