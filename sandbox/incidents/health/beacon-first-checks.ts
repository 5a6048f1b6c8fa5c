import { balancerOf } from '../build/balancer.ts';
import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

const initial = {
  State: 'initial',
  Reason: 'Elb.InitialHealthChecking',
  Description: 'Initial health checks in progress',
} as const;

/** A deployment of one minute: the new target has not been checked often enough to count. */
export const beaconFirstChecks: Incident = {
  name: 'beacon-first-checks',
  title: 'the first new target of beacon is in its first checks',
  environment: 'prod',
  ask: 'health beacon prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const version = (revision: number, tag: string, minutes: number, outcome?: 'in-progress') =>
      deployed(place, now, 'beacon', {
        revision,
        ago: minutes,
        outcome,
        containers: [{ name: 'app', image: ecrImage(place, 'beacon', tag), memory: 512, port: 8080 }],
      });
    const old = version(50, '8.0.4', days(3));
    const live = version(51, '8.1.0', 1.1, 'in-progress');
    const fresh = launched(live, 10, ago(1));
    return serviceWorld(place, now, {
      desired: 2,
      createdAt: ago(days(410)),
      releases: [old, live],
      tasks: [...[0, 1].map((number) => launched(old, number, after(old.startedAt, 2))), fresh],
      balancer: balancerOf(place, 'beacon'),
      targets: [{ task: fresh, health: initial }],
      gracePeriod: 90,
    });
  },
};
