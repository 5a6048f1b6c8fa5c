import { balancerOf } from '../build/balancer.ts';
import { ownBalancer } from '../build/own-balancer.ts';
import { standing } from '../build/standing.ts';
import type { Incident } from '../incident.ts';

const notEnabled = {
  State: 'unused',
  Reason: 'Target.NotInUse',
  Description: 'Target is in an Availability Zone that is not enabled for the load balancer',
} as const;

/** Within its grace period nobody stops the third task; it just never gets a request. */
export const atlasZoneNotEnabled: Incident = {
  name: 'atlas-zone-not-enabled',
  title: 'a third of atlas runs in a zone that its load balancer does not cover',
  environment: 'staging',
  ask: 'health atlas staging',
  expected: { state: 'problem', cause: 'elb-az-not-enabled', status: 'confirmed' },
  world(now, place) {
    const shared = balancerOf(place, 'atlas');
    const balancer = ownBalancer(place, shared, 'atlas', {
      AvailabilityZones: shared.loadBalancer.AvailabilityZones?.slice(0, 2),
    });
    return standing(place, now, {
      service: 'atlas',
      ago: 40,
      desired: 3,
      balancer,
      targets: (tasks) => tasks.slice(2).map((task) => ({ task, health: notEnabled })),
      story: { gracePeriod: 7200 },
    });
  },
};
