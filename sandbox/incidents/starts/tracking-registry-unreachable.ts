import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { securityGroupOf } from '../build/network.ts';
import { endpoints, fromGroup, inOwnVpc, isolated } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The endpoint's security group no longer admits the tasks: each pull waits until it gives up. */
export const trackingRegistryUnreachable: Incident = {
  name: 'tracking-registry-unreachable',
  title: 'tasks of tracking cannot reach the registry',
  environment: 'staging',
  ask: 'why-stopped tracking staging',
  expected: {
    state: 'problem',
    cause: 'network-endpoint-ingress-blocked',
    status: 'confirmed',
    chain: ['service-start-impaired', 'image-registry-unreachable', 'network-endpoint-ingress-blocked'],
  },
  world(now, place) {
    const image = (tag: string) => ecrImage(place, 'tracking', tag);
    const host = `${place.account}.dkr.ecr.${place.region}.amazonaws.com`;
    const world = failedStarts(place, now, {
      service: 'tracking',
      good: {
        revision: 61,
        ago: days(5),
        containers: [{ name: 'app', image: image('3.3.0'), memory: 1024 }],
      },
      bad: { revision: 62, ago: 31, containers: [{ name: 'app', image: image('3.3.1'), memory: 1024 }] },
      during: 'pull',
      givesUpAfter: 193,
      tries: [30, 24, 16],
      reason: () =>
        `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image('3.3.1')}: failed to do request: Head "https://${host}/v2/tracking/manifests/3.3.1": dial tcp 10.30.11.61:443: i/o timeout`,
    });
    return inOwnVpc(place, {
      service: 'tracking',
      world,
      changes: [
        isolated,
        endpoints('tracking', ['ecr.api', 'logs']),
        endpoints('tracking', ['ecr.dkr'], {
          group: 'registry',
          admits: [fromGroup(securityGroupOf(place, 'tracking before'))],
        }),
      ],
    });
  },
};
