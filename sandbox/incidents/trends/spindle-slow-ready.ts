import { balancerOf } from '../build/balancer.ts';
import { standing } from '../build/standing.ts';
import { days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** It runs half a minute after it was asked for, and is then asked once in three minutes whether it is well. */
export const spindleSlowReady: Incident = {
  name: 'spindle-slow-ready',
  title: 'tasks of spindle run soon and wait up to three minutes for their first health check',
  environment: 'staging',
  ask: 'startup spindle staging',
  expected: { state: 'problem', cause: 'slow-start-ready', status: 'likely' },
  world: (now, place) =>
    standing(place, now, {
      service: 'spindle',
      ago: days(1),
      desired: 3,
      balancer: balancerOf(place, 'spindle', {
        settings: {
          HealthCheckIntervalSeconds: 180,
          HealthCheckTimeoutSeconds: 30,
          HealthyThresholdCount: 3,
        },
      }),
    }),
};
