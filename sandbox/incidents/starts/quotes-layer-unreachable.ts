import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { endpoints, inOwnVpc, privateRoutes } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** ECR answers through its endpoint; the layers lie in S3, and the way there is missing. */
export const quotesLayerUnreachable: Incident = {
  name: 'quotes-layer-unreachable',
  title: 'quotes gets its manifest, but not the layers that lie in S3',
  environment: 'staging',
  ask: 'why-stopped quotes staging',
  expected: {
    state: 'problem',
    cause: 'network-no-route',
    status: 'confirmed',
    chain: ['service-start-impaired', 'image-layer-s3-unreachable', 'network-no-route'],
  },
  world(now, place) {
    const container = (tag: string) => ({ name: 'app', image: ecrImage(place, 'quotes', tag), memory: 1024 });
    const bucket = `prod-${place.region}-starport-layer-bucket.s3.${place.region}.amazonaws.com`;
    const world = failedStarts(place, now, {
      service: 'quotes',
      good: { revision: 18, ago: days(14), containers: [container('1.20.4')] },
      bad: { revision: 19, ago: 33, containers: [container('1.21.0')] },
      during: 'pull',
      givesUpAfter: 204,
      tries: [32, 25, 16],
      reason: () =>
        `CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://${bucket}/d1f6-${place.account}-7c0e1f8a/3b82e6d0-90cc": dial tcp 52.218.104.81:443: i/o timeout`,
    });
    return inOwnVpc(place, {
      service: 'quotes',
      world,
      changes: [
        privateRoutes([]),
        (network) => ({
          ...network,
          natGateways: [],
          vpcEndpoints: network.vpcEndpoints?.map((one) => ({ ...one, RouteTableIds: [] })),
        }),
        endpoints('quotes', ['ecr.api', 'ecr.dkr', 'logs']),
      ],
    });
  },
};
