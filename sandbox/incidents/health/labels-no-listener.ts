import { balancerOf } from '../build/balancer.ts';
import { standing } from '../build/standing.ts';
import type { Incident } from '../incident.ts';

const unused = {
  State: 'unused',
  Reason: 'Target.NotInUse',
  Description: 'Target group is not configured to receive traffic from the load balancer',
} as const;

/** The rule was deleted with another service's; ECS goes on registering targets that nobody checks. */
export const labelsNoListener: Incident = {
  name: 'labels-no-listener',
  title: 'no listener forwards to the target group of labels any more',
  environment: 'prod',
  ask: 'health labels prod',
  expected: { state: 'problem', cause: 'elb-target-unused', status: 'confirmed' },
  world: (now, place) =>
    standing(place, now, {
      service: 'labels',
      ago: 900,
      desired: 2,
      balancer: balancerOf(place, 'labels', { settings: { LoadBalancerArns: [] } }),
      targets: (tasks) => tasks.map((task) => ({ task, health: unused })),
    }),
};
