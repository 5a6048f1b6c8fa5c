import { describe, expect, it } from 'vitest';
import { minutesAgo, now } from '../facts.ts';
import { causes, judge, says, type Told } from './rollout.ts';

const inAnHour = new Date(now.getTime() + 3_600_000);
const paused = (more: object = {}): Told['details'] => ({
  lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
  lifecycleHookDetails: [
    {
      hookId: 'ecs-pause-1',
      targetType: 'PAUSE',
      status: 'AWAITING_ACTION',
      expiresAt: inAnHour,
      timeoutAction: 'ROLLBACK',
      ...more,
    },
  ],
});

describe('what a deployment waits for by design is not called slow, however long it takes', () => {
  it.each<[string, Told['details'], string]>([
    [
      'a person',
      paused(),
      'api:2 waits for a person at POST_TEST_TRAFFIC_SHIFT for 60 minutes more, then is rolled back',
    ],
    [
      'a person, after whom it goes on by itself',
      paused({ timeoutAction: 'CONTINUE' }),
      'api:2 waits for a person at POST_TEST_TRAFFIC_SHIFT for 60 minutes more, then goes on by itself',
    ],
    [
      'a person, without a limit',
      paused({ expiresAt: undefined }),
      'api:2 waits for a person at POST_TEST_TRAFFIC_SHIFT',
    ],
    [
      'a function',
      {
        lifecycleStage: 'POST_SCALE_UP',
        lifecycleHookDetails: [
          {
            targetType: 'AWS_LAMBDA',
            targetArn: 'arn:aws:lambda:us-east-1:222222222222:function:smoke',
            status: 'IN_PROGRESS',
          },
        ],
      },
      'api:2 waits at POST_SCALE_UP for the hook smoke',
    ],
    [
      'its bake time',
      {
        lifecycleStage: 'BAKE_TIME',
        updatedAt: minutesAgo(20),
        deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 50 },
      },
      'api:2 bakes for 50 minutes with both revisions running, about 30 minutes more',
    ],
    [
      'its canary',
      {
        lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT',
        updatedAt: minutesAgo(5),
        targetServiceRevision: { arn: 'arn:rev/2', requestedProductionTrafficWeight: 5 },
        deploymentConfiguration: {
          strategy: 'CANARY',
          canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: 10 },
        },
      },
      'api:2 takes 5 % of production traffic for 10 minutes before more follows, about 5 minutes more',
    ],
    [
      'its next step',
      {
        lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT',
        updatedAt: minutesAgo(1),
        targetServiceRevision: { arn: 'arn:rev/2', requestedProductionTrafficWeight: 40 },
        deploymentConfiguration: {
          strategy: 'LINEAR',
          linearConfiguration: { stepPercent: 20, stepBakeTimeInMinutes: 6 },
        },
      },
      'api:2 takes 40 % of production traffic of steps of 20 % for 6 minutes before more follows, about 5 minutes more',
    ],
  ])('%s', (_, details, headline) => {
    const outcome = judge({ began: 300, details: { ...details } });
    expect(outcome.answer).toEqual({ state: 'healthy', headline });
    expect(causes(outcome).filter((cause) => !cause.startsWith('info'))).toEqual([]);
  });

  const smoke = {
    lifecycleStage: 'POST_SCALE_UP',
    lifecycleHookDetails: [
      {
        targetType: 'AWS_LAMBDA',
        targetArn: 'arn:aws:lambda:us-east-1:222222222222:function:smoke',
        status: 'IN_PROGRESS',
        timeoutAction: 'ROLLBACK',
        expiresAt: minutesAgo(30),
      },
    ],
  } satisfies Told['details'];

  it.each<[string, Told['details'], RegExp]>([
    [
      'a person',
      paused({ expiresAt: minutesAgo(30) }),
      /the pause at POST_TEST_TRAFFIC_SHIFT should have ended at 2026-01-01T11:30:00.000Z, 30 minutes ago, and it has neither gone on nor been rolled back\.$/,
    ],
    ['a function', smoke, /the hook smoke at POST_SCALE_UP should have ended at /],
  ])('but %s whose time was up long ago is waited for by no design', (_, details, words) => {
    const outcome = judge({ began: 300, details });
    expect(causes(outcome)).toEqual(['error deployment-in-progress']);
    expect(outcome.findings[0]?.summary).toMatch(words);
  });

  it('and one whose time was up a moment ago is about to be acted on', () => {
    const outcome = judge({ began: 300, details: paused({ expiresAt: minutesAgo(1) }) });
    expect(outcome.answer?.headline).toBe(
      'api:2 waits for a person at POST_TEST_TRAFFIC_SHIFT, its time is up, so it is rolled back any moment',
    );
  });

  it('within its usual time a hook that is past its own is told, and is no finding', () => {
    const outcome = judge({ began: 40, took: [50, 60, 70], details: smoke });
    expect(causes(outcome)).toEqual([]);
    expect(outcome.answer?.headline).toMatch(/under way for 40 minutes/);
    expect(says(outcome, 'Stage')).toMatch(/^POST_SCALE_UP: the hook smoke .* should have ended/);
  });

  it('a pause names the command that ends it', () => {
    const outcome = judge({ details: { ...paused() } });
    expect(causes(outcome)).toEqual(['info hook-waiting']);
    expect(says(outcome, 'Continue')).toBe(
      'aws ecs continue-service-deployment --service-deployment-arn arn:sd/2 --hook-id ecs-pause-1 --region us-east-1 --action CONTINUE',
    );
  });

  it('but a bake that is long over is', () => {
    const outcome = judge({
      began: 300,
      details: {
        lifecycleStage: 'BAKE_TIME',
        updatedAt: minutesAgo(120),
        deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 50 },
      },
    });
    expect(causes(outcome)).toEqual(['error deployment-in-progress']);
  });
});

describe('another controller than ECS', () => {
  const set = (id: string, status: string, ago: number) => ({
    id,
    status,
    externalId: `d-${id}`,
    runningCount: 2,
    computedDesiredCount: 2,
    stabilityStatus: 'STEADY_STATE' as const,
    createdAt: minutesAgo(ago),
  });
  it('has no rolloutState, which says nothing, and waits as long as it is told to', () => {
    const outcome = judge({
      began: 90,
      listed: [],
      service: {
        deploymentController: { type: 'CODE_DEPLOY' },
        taskSets: [set('OLD', 'PRIMARY', 900), set('NEW', 'ACTIVE', 90)],
      },
    });
    expect(causes(outcome)).toEqual([]);
    expect(says(outcome, 'Task sets')).toMatch(/^ACTIVE .*steady state; PRIMARY /);
    expect(says(outcome, 'Controller')).toContain('get-deployment --deployment-id d-NEW');
  });

  it('is slow where its newest task set does not become stable', () => {
    const outcome = judge({
      began: 90,
      listed: [],
      service: {
        deploymentController: { type: 'EXTERNAL' },
        taskSets: [
          set('OLD', 'PRIMARY', 900),
          { ...set('NEW', 'ACTIVE', 90), stabilityStatus: 'STABILIZING' },
        ],
      },
    });
    expect(causes(outcome)).toEqual(['error deployment-in-progress']);
    expect(says(outcome, 'Controller')).toContain('a program outside of ECS decides');
  });
});

describe('nothing is slow', () => {
  it.each<[string, Told]>([
    ['while it queues behind another deployment', { began: 90, status: 'PENDING' }],
    ['where no task is wanted', { began: 90, service: { desiredCount: 0 } }],
  ])('%s', (_, told) => {
    expect(causes(judge(told))).toEqual([]);
  });
});
