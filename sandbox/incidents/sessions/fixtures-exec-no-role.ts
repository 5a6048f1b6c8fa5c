import { quietService } from '../build/quiet.ts';
import { withExec } from '../build/with-exec.ts';
import type { Incident } from '../incident.ts';

/** The service never called AWS, so nobody gave it a task role. */
export const fixturesExecNoRole: Incident = {
  name: 'fixtures-exec-no-role',
  title: 'fixtures has no task role for the agent to work with',
  environment: 'staging',
  ask: 'exec fixtures staging',
  expected: {
    state: 'problem',
    cause: 'exec-task-role-missing',
    status: 'confirmed',
    chain: ['exec-agent-stopped', 'exec-task-role-missing'],
  },
  world: (now, place) =>
    withExec(quietService(place, now, 'fixtures', { revision: 5, tag: '0.3.0', desired: 1, deployed: 9 }), {
      agent: { lastStatus: 'STOPPED', reason: 'Agent failed to start' },
      definition: { taskRoleArn: undefined },
    }),
};
