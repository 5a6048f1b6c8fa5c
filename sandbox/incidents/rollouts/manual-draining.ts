import { balancerOf, draining } from '../build/balancer.ts';
import { launched } from '../build/release.ts';
import { leaving, rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The old tasks have ten minutes to finish their requests, and take them. */
export const manualDraining: Incident = {
  name: 'manual-draining',
  title:
    'manual:70 runs whole, and the old tasks drain for the ten minutes that their target group gives them',
  environment: 'staging',
  ask: 'deployment manual staging',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'manual',
      revision: 70,
      desired: 2,
      took: [13, 14, 13],
      began: 9,
    });
    const fresh = [0, 1].map((number) => launched(told.next, 10 + number, ago(8)));
    const gone = told.serving.map((task) => leaving(task, ago(5), told.next));
    const balancer = balancerOf(place, 'manual');
    return {
      ...serviceWorld(place, now, {
        ...told,
        desired: 2,
        tasks: [...gone, ...fresh],
        balancer,
        targets: gone.map((task) => ({ task, health: draining })),
      }),
      targetGroupAttributes: { [balancer.arn]: { 'deregistration_delay.timeout_seconds': '600' } },
    };
  },
};
