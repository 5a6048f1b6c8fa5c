import { fromService, pair } from '../build/pair.ts';
import type { Incident, Place } from '../incident.ts';

const registry = 'srv-c1d3r5tal3n4m3s0';

function registryArn({ region, account }: Place): string {
  return `arn:aws:servicediscovery:${region}:${account}:service/${registry}`;
}

export const meadowStaleNames: Incident = {
  name: 'meadow-stale-names',
  title: 'Cloud Map still answers for cider with the addresses of tasks that are gone',
  environment: 'prod',
  ask: 'connect meadow cider prod',
  expected: { state: 'problem', cause: 'connect-discovery-stale', status: 'confirmed' },
  world(now, place) {
    const world = pair(place, now, [
      { service: 'meadow' },
      {
        service: 'cider',
        inbound: [fromService(place, 'meadow', 8080)],
        more: () => ({
          serviceRegistries: [{ registryArn: registryArn(place), containerPort: 8080, containerName: 'app' }],
        }),
      },
    ]);
    const gone = { AWS_INSTANCE_IPV4: '10.20.7.77', AWS_INSTANCE_PORT: '8080' };
    return { ...world, cloudMapInstances: { [registry]: [{ Id: '7d1a0c52', Attributes: gone }] } };
  },
};
