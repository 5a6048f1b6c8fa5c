import { balancerOf } from '../build/balancer.ts';
import { standing } from '../build/standing.ts';
import type { Incident } from '../incident.ts';

/** Somebody registered an address by hand once. It fails, and no task of the service stands behind it. */
export const almanacLeftoverTarget: Incident = {
  name: 'almanac-leftover-target',
  title: 'a target that is none of almanac’s tasks fails its check, and almanac is well',
  environment: 'prod',
  ask: 'health almanac prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const { arn } = balancerOf(place, 'almanac');
    const world = standing(place, now, { service: 'almanac', ago: 1500, desired: 2 });
    return {
      ...world,
      targetHealth: {
        [arn]: [
          ...(world.targetHealth?.[arn] ?? []),
          {
            Target: { Id: '10.20.140.18', Port: 8080, AvailabilityZone: `${place.region}c` },
            HealthCheckPort: '8080',
            TargetHealth: {
              State: 'unhealthy',
              Reason: 'Target.Timeout',
              Description: 'Request timed out',
            },
          },
        ],
      },
    };
  },
};
