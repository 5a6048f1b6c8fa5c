import { blueGreen } from '../build/blue-green.ts';
import { launched } from '../build/release.ts';
import { rolloutOf } from '../build/rollout.ts';
import { after, before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Green is up and tested, and a person has to say so: nothing is stuck. */
export const vaultPauseHook: Incident = {
  name: 'vault-pause-hook',
  title: 'vault:17 waits at a pause hook for somebody to continue it, for another hour and a half',
  environment: 'prod',
  ask: 'deployment vault prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'vault',
      revision: 17,
      desired: 2,
      took: [14, 16, 15],
      began: 41,
    });
    const green = [0, 1].map((number) => launched(told.next, 10 + number, ago(40)));
    return blueGreen(place, now, told, {
      tasks: green,
      configuration: {
        strategy: 'BLUE_GREEN',
        bakeTimeInMinutes: 10,
        lifecycleHooks: [
          {
            targetType: 'PAUSE',
            lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
            timeoutConfiguration: { timeoutInMinutes: 120, action: 'ROLLBACK' },
          },
        ],
      },
      deployment: {
        lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
        updatedAt: ago(30),
        lifecycleHookDetails: [
          {
            hookId: 'ecs-pause-Jq7kQm2T9wXcVbN4rLsYdHfGzAeUiOpK3t6x8C1vBnM',
            targetType: 'PAUSE',
            status: 'AWAITING_ACTION',
            expiresAt: after(ago(30), 120 * 60),
            timeoutAction: 'ROLLBACK',
          },
        ],
      },
      weight: 0,
    });
  },
};
