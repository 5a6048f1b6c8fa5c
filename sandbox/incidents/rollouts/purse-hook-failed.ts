import { blueGreen } from '../build/blue-green.ts';
import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { scaledIn } from '../build/stop.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The function that tests green says no, and ECS goes back to blue. */
export const purseHookFailed: Incident = {
  name: 'purse-hook-failed',
  title: 'purse:61 was rolled back because the function that tests it answered FAILED',
  environment: 'prod',
  ask: 'deployment purse prod',
  expected: {
    state: 'problem',
    cause: 'hook-failed',
    status: 'confirmed',
    chain: ['deployment-rolling-back', 'hook-failed'],
  },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'purse',
      revision: 61,
      desired: 2,
      took: [21, 20, 22],
      began: 37,
      ended: 19,
      outcome: 'rolled-back',
    });
    const green = [0, 1].map((number) =>
      scaledIn(launched(told.next, 10 + number, ago(36)), ago(24), told.next.id),
    );
    const targetArn = `arn:aws:lambda:${place.region}:${place.account}:function:purse-smoke-test`;
    const reason = 'Service deployment rolled back because POST_TEST_TRAFFIC_SHIFT lifecycle hook(s) failed.';
    return blueGreen(place, now, told, {
      tasks: green,
      configuration: {
        strategy: 'BLUE_GREEN',
        bakeTimeInMinutes: 10,
        lifecycleHooks: [
          {
            hookTargetArn: targetArn,
            roleArn: `arn:aws:iam::${place.account}:role/ecs-hooks`,
            lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
          },
        ],
      },
      deployment: {
        statusReason: reason,
        lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
        lifecycleHookDetails: [{ targetType: 'AWS_LAMBDA', targetArn, status: 'FAILED' }],
        deploymentCircuitBreaker: { status: 'DISABLED' },
      },
      reason,
      weight: 0,
    });
  },
};
