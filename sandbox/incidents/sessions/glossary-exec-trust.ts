import { roleArn } from '../build/names.ts';
import { quietService } from '../build/quiet.ts';
import { sandboxRole, trustOf } from '../build/role.ts';
import { withExec } from '../build/with-exec.ts';
import type { Incident } from '../incident.ts';

/** The role was made for an instance and named in the task definition all the same. */
export const glossaryExecTrust: Incident = {
  name: 'glossary-exec-trust',
  title: 'the task role of glossary trusts EC2 alone',
  environment: 'prod',
  ask: 'exec glossary prod',
  expected: { state: 'problem', cause: 'role-cannot-be-assumed', status: 'confirmed' },
  world(now, place) {
    const world = withExec(
      quietService(place, now, 'glossary', { revision: 14, tag: '1.0.8', desired: 1, deployed: 3 }),
    );
    const role = roleArn(place, 'glossary-task');
    const Statement = [{ Effect: 'Allow' as const, Action: 'ssmmessages:*', Resource: '*' }];
    const policies = [{ name: 'exec', document: { Version: '2012-10-17', Statement } }];
    return { ...world, roles: [sandboxRole(place, role, { policies, trust: trustOf('ec2.amazonaws.com') })] };
  },
};
