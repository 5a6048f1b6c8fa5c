import { endpoints, inOwnVpc, isolated } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import { withExec } from '../build/with-exec.ts';
import type { Incident } from '../incident.ts';

/** Private subnets with an endpoint for everything but Session Manager: tasks start, and nobody gets in. */
export const jukeboxExecIsolated: Incident = {
  name: 'jukebox-exec-isolated',
  title: 'the agent of jukebox has no way to Session Manager',
  environment: 'staging',
  ask: 'exec jukebox staging',
  expected: {
    state: 'problem',
    cause: 'network-no-route',
    status: 'confirmed',
    chain: ['exec-agent-stopped', 'network-no-route'],
  },
  world: (now, place) =>
    inOwnVpc(place, {
      service: 'jukebox',
      world: withExec(
        quietService(place, now, 'jukebox', {
          revision: 3,
          tag: '0.2.2',
          desired: 1,
          deployed: 1,
          web: false,
        }),
        { agent: { lastStatus: 'STOPPED', reason: 'Agent failed to start' } },
      ),
      changes: [isolated, endpoints('jukebox', ['ecr.api', 'ecr.dkr', 'logs'])],
    }),
};
