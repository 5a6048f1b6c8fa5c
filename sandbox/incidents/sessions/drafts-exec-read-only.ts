import { quietService } from '../build/quiet.ts';
import { withExec } from '../build/with-exec.ts';
import type { Incident } from '../incident.ts';

/** A hardened task definition keeps the agent from creating its files. */
export const draftsExecReadOnly: Incident = {
  name: 'drafts-exec-read-only',
  title: 'the agent of drafts cannot write its files',
  environment: 'staging',
  ask: 'exec drafts staging',
  expected: {
    state: 'problem',
    cause: 'exec-root-read-only',
    status: 'confirmed',
    chain: ['exec-agent-stopped', 'exec-root-read-only'],
  },
  world: (now, place) =>
    withExec(quietService(place, now, 'drafts', { revision: 9, tag: '0.9.1', desired: 1, deployed: 2 }), {
      agent: { lastStatus: 'STOPPED', reason: 'Agent failed to start' },
      container: { readonlyRootFilesystem: true },
    }),
};
