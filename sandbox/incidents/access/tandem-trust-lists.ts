import { roleArn } from '../build/names.ts';
import { sandboxRole } from '../build/role.ts';
import { roleFor } from '../build/shared-roles.ts';
import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Lists, a wildcard and a condition that fits: unusual forms of a trust that holds. */
export const tandemTrustLists: Incident = {
  name: 'tandem-trust-lists',
  title: 'the roles of tandem trust ECS in unusual words',
  environment: 'prod',
  ask: 'iam tandem prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const world = standing(place, now, { service: 'tandem', ago: days(80), desired: 2 });
    const told = (name: string, trust: object) => {
      const arn = roleArn(place, name);
      const { policies } = roleFor(place, arn, world.taskDefinitions ?? [], world);
      return sandboxRole(place, arn, { policies, trust });
    };
    return {
      ...world,
      roles: [
        told('tandem-execution', {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
            {
              Effect: 'Allow',
              Principal: { Service: ['events.amazonaws.com', 'ecs-tasks.amazonaws.com'] },
              Action: ['sts:TagSession', 'sts:AssumeRole'],
            },
          ],
        }),
        told('tandem-task', {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'ecs-tasks.amazonaws.com' },
            Action: 'sts:*',
            Condition: {
              StringEquals: { 'aws:SourceAccount': place.account },
              ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${place.region}:${place.account}:*` },
            },
          },
        }),
      ],
    };
  },
};
