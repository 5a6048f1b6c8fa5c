import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { inOwnVpc } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The subnets lead to an internet gateway, and assignPublicIp stayed as it was. */
export const beehiveNoPublicAddress: Incident = {
  name: 'beehive-no-public-address',
  title: 'tasks of beehive moved to public subnets, and get no public address',
  environment: 'staging',
  ask: 'why-stopped beehive staging',
  expected: {
    state: 'problem',
    cause: 'network-no-public-ip',
    status: 'confirmed',
    chain: ['service-start-impaired', 'ecr-auth-unreachable', 'network-no-public-ip'],
  },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'beehive', tag),
      memory: 1024,
    });
    const world = failedStarts(place, now, {
      service: 'beehive',
      good: { revision: 4, ago: days(9), containers: [container('0.4.0')] },
      bad: { revision: 5, ago: 37, containers: [container('0.4.1')] },
      during: 'init',
      givesUpAfter: 231,
      reason: () =>
        `ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.${place.region}.amazonaws.com/": dial tcp 52.94.240.17:443: i/o timeout`,
    });
    return inOwnVpc(place, { service: 'beehive', world, in: 'public' });
  },
};
