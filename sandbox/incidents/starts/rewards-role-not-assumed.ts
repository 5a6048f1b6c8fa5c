import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage, roleArn } from '../build/names.ts';
import { sandboxRole, trustOf } from '../build/role.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The role was made by hand and trusts EC2 instead of tasks. */
export const rewardsRoleNotAssumed: Incident = {
  name: 'rewards-role-not-assumed',
  title: 'ECS cannot assume the new task role of rewards:30',
  environment: 'prod',
  ask: 'why-stopped rewards prod',
  expected: { state: 'problem', cause: 'role-cannot-be-assumed', status: 'confirmed' },
  world(now, place) {
    const containers = [{ name: 'app', image: ecrImage(place, 'rewards', '2.0.0'), memory: 1024 }];
    const role = roleArn(place, 'rewards-points-ledger');
    const world = failedStarts(place, now, {
      service: 'rewards',
      good: { revision: 29, ago: days(6), containers },
      bad: { revision: 30, ago: 20, containers, more: { taskRoleArn: role } },
      during: 'init',
      givesUpAfter: 16,
      reason: () =>
        `ECS was unable to assume the role '${role}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`,
    });
    return {
      ...world,
      roles: [sandboxRole(place, role, { policies: [], trust: trustOf('ec2.amazonaws.com') })],
    };
  },
};
