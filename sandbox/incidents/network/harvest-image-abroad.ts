import { failedStarts } from '../build/failed-starts.ts';
import { endpoints, inOwnVpc, isolated } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The endpoints serve ECR in the region of the tasks; the new image was pushed to another one. */
export const harvestImageAbroad: Incident = {
  name: 'harvest-image-abroad',
  title: 'the image of harvest lies in a region that no endpoint leads to',
  environment: 'staging',
  ask: 'why-stopped harvest staging',
  expected: {
    state: 'problem',
    cause: 'network-no-route',
    status: 'confirmed',
    chain: ['service-start-impaired', 'image-registry-unreachable', 'network-no-route'],
  },
  world(now, place) {
    const image = (region: string, tag: string) =>
      `${place.account}.dkr.ecr.${region}.amazonaws.com/harvest:${tag}`;
    const container = (region: string, tag: string) => ({
      name: 'app',
      image: image(region, tag),
      memory: 512,
    });
    const world = failedStarts(place, now, {
      service: 'harvest',
      good: { revision: 40, ago: days(20), containers: [container(place.region, '3.1.0')] },
      bad: { revision: 41, ago: 37, containers: [container('eu-central-1', '3.2.0')] },
      during: 'pull',
      givesUpAfter: 193,
      reason: () =>
        `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image('eu-central-1', '3.2.0')}: failed to do request: Head "https://${place.account}.dkr.ecr.eu-central-1.amazonaws.com/v2/harvest/manifests/3.2.0": dial tcp 18.196.20.7:443: i/o timeout`,
    });
    return inOwnVpc(place, {
      service: 'harvest',
      world,
      changes: [isolated, endpoints('harvest', ['ecr.api', 'ecr.dkr', 'logs'])],
    });
  },
};
