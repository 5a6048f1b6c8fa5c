import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { zonesOf } from '../build/network.ts';
import { inOwnVpc } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import { local, tableOf } from '../build/vpc-parts.ts';
import type { Incident } from '../incident.ts';

/** The new zone got a route table of its own, which nobody gave a default route: tasks fail where ECS puts them there. */
export const granaryOneOfThree: Incident = {
  name: 'granary-one-of-three',
  title: 'one of the three subnets of granary has no way out',
  environment: 'staging',
  ask: 'why-stopped granary staging',
  expected: {
    state: 'problem',
    cause: 'network-no-route',
    status: 'confirmed',
    chain: ['service-start-impaired', 'ecr-auth-unreachable', 'network-no-route'],
  },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'granary', tag),
      memory: 1024,
    });
    const world = failedStarts(place, now, {
      service: 'granary',
      good: { revision: 83, ago: days(9), containers: [container('12.4.0')] },
      bad: { revision: 84, ago: 37, containers: [container('12.4.1')] },
      during: 'init',
      givesUpAfter: 231,
      reason: () =>
        `ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.${place.region}.amazonaws.com/": dial tcp 52.94.240.17:443: i/o timeout`,
    });
    const [, , { prefix, subnet }] = zonesOf(place);
    const inOne = {
      ...world,
      tasks: world.tasks?.filter(
        (task) =>
          task.lastStatus !== 'STOPPED' ||
          task.attachments?.[0]?.details?.some(({ value }) => value === subnet) === true,
      ),
    };
    return inOwnVpc(place, {
      service: 'granary',
      world: inOne,
      changes: [
        (network, ids) => ({
          ...network,
          routeTables: [
            ...(network.routeTables ?? []).map((table) => ({
              ...table,
              Associations: table.Associations?.filter(({ SubnetId }) => SubnetId !== ids.privateSubnets[2]),
            })),
            tableOf(
              place,
              ids.vpc,
              ids.privateTable.replace('rtb-0', 'rtb-1'),
              [ids.privateSubnets[2]],
              [local(`${prefix}.0.0/16`)],
            ),
          ],
        }),
      ],
    });
  },
};
