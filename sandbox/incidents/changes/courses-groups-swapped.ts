import { ecrImage } from '../build/names.ts';
import { securityGroupOf } from '../build/network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';
import { redeployed } from './redeployed.ts';

/** The task definition is the same: the service was updated with another security group. */
export const coursesGroupsSwapped: Incident = {
  name: 'courses-groups-swapped',
  title: 'courses was given another security group, which its database does not admit',
  environment: 'prod',
  ask: 'why-stopped courses prod',
  expected: {
    state: 'problem',
    cause: 'security-groups-changed',
    status: 'likely',
    chain: ['crash-loop-after-running', 'app-dependency-unreachable', 'security-groups-changed'],
  },
  world(now, place) {
    const world = redeployed(place, now, {
      service: 'courses',
      revision: 9,
      containers: [{ name: 'app', image: ecrImage(place, 'courses', '1.8.0'), memory: 1024 }],
      first: days(14),
      again: 33,
      starts: [32, 26.1, 18.7, 9.4],
      lives: 12,
      says: [
        [0.6, 'courses 1.8.0 starting'],
        [10.8, 'Error: connect ETIMEDOUT 10.20.200.31:5432'],
      ],
    });
    const swapped = { securityGroups: [securityGroupOf(place, 'profile')] };
    const [first, ...later] = world.serviceRevisions ?? [];
    return {
      ...world,
      serviceRevisions: [
        ...(first ? [first] : []),
        ...later.map((revision) => ({
          ...revision,
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: revision.networkConfiguration?.awsvpcConfiguration?.subnets,
              assignPublicIp: 'DISABLED' as const,
              ...swapped,
            },
          },
        })),
      ],
    };
  },
};
