import { roleArn } from '../build/names.ts';
import { sandboxRole } from '../build/role.ts';
import type { Incident } from '../incident.ts';
import { refusedStart } from './refused-start.ts';

/** The trust policy came with the role from staging, and so did its condition. */
export const apiaryTrustOtherAccount: Incident = {
  name: 'apiary-trust-other-account',
  title: 'the task role of apiary:5 trusts the tasks of another account',
  environment: 'prod',
  ask: 'why-stopped apiary prod',
  expected: { state: 'problem', cause: 'role-cannot-be-assumed', status: 'confirmed' },
  world(now, place) {
    const role = roleArn(place, 'apiary-pollen');
    return refusedStart(place, now, {
      service: 'apiary',
      revision: 4,
      after: 15,
      more: { taskRoleArn: role },
      reason: () =>
        `ECS was unable to assume the role '${role}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`,
      tell: () => ({
        roles: [
          sandboxRole(place, role, {
            policies: [],
            trust: {
              Version: '2012-10-17',
              Statement: {
                Effect: 'Allow',
                Principal: { Service: ['ecs-tasks.amazonaws.com', 'ec2.amazonaws.com'] },
                Action: ['sts:AssumeRole', 'sts:TagSession'],
                Condition: { StringEquals: { 'aws:SourceAccount': '333333333333' } },
              },
            },
          }),
        ],
      }),
    });
  },
};
