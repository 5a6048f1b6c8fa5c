import type { DeploymentAlarms, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { minutesAgo, now, stopped } from '../facts.ts';
import { causes, judge, old, ownId, says, type Told, task } from './rollout.ts';

const percent = (minimum: number, maximum: number, desired: number): Told['service'] => ({
  desiredCount: desired,
  deploymentConfiguration: { minimumHealthyPercent: minimum, maximumPercent: maximum },
});
const times = <Item>(count: number, make: () => Item) => Array.from({ length: count }, make);

describe('the room that the percentages leave', () => {
  it.each<[string, Told, string[], RegExp]>([
    [
      'none at 100/100 with one task',
      { service: percent(100, 100, 1), old: [old()] },
      ['error deployment-percent-deadlock'],
      /may start 0 \(maximum 100 % of 1 is 1, 1 exists\), may stop 0 \(minimum 100 % of 1 is 1, 1 is healthy\)/,
    ],
    [
      'none where the maximum rounds down and the minimum up',
      { service: percent(60, 140, 2), old: times(2, old) },
      ['error deployment-percent-deadlock'],
      /maximum 140 % of 2 is 2.*minimum 60 % of 2 is 2/,
    ],
    [
      'one stop where the minimum allows it',
      { service: percent(50, 100, 2), old: times(2, old) },
      [],
      /may start 0 .* may stop 1/,
    ],
    [
      'none that may be taken where what the minimum lets stop is protected',
      {
        service: percent(50, 100, 2),
        old: times(2, old),
        began: 60,
        protectedUntil: new Date(now.getTime() + 3_600_000),
      },
      ['error scale-in-protected'],
      /No more tasks of api:2 can start, and the deployment waits for old ones/,
    ],
    [
      'none for now where what the minimum lets stop is protected',
      {
        service: percent(50, 100, 2),
        old: times(2, old),
        began: 4,
        protectedUntil: new Date(now.getTime() + 3_600_000),
      },
      [],
      /may start 0 .* may stop 1/,
    ],
    [
      'no deadlock while a new task starts',
      { service: percent(50, 100, 2), old: [old()], own: [task({ lastStatus: 'PENDING' })] },
      [],
      /may start 0 .* may stop 0/,
    ],
    [
      'no deadlock while an old task is on its way out',
      {
        service: percent(100, 200, 1),
        old: [old()],
        stopping: [old({ lastStatus: 'DEACTIVATING', stoppingAt: minutesAgo(1) })],
      },
      [],
      /2 exist/,
    ],
    [
      'no deadlock while a new task is sick: ECS replaces it, and why it is sick is the fault',
      { service: percent(100, 150, 2), old: times(2, old), own: [task({ healthStatus: 'UNHEALTHY' })] },
      [],
      /may start 0 .* may stop 0/,
    ],
    [
      'less for an unhealthy task, which is no deadlock: ECS stops that one, and a new one takes its place',
      { service: percent(50, 100, 2), old: [old(), old({ healthStatus: 'UNHEALTHY' })] },
      [],
      /may start 0 .* may stop 0 .* 1 is healthy\); 1 unhealthy, which ECS stops first$/,
    ],
    [
      'no deadlock for the only task either, while that is unhealthy',
      { service: percent(100, 100, 1), old: [old({ healthStatus: 'UNHEALTHY' })] },
      [],
      /0 are healthy\); 1 unhealthy, which ECS stops first$/,
    ],
  ])('is %s', (_, told, found, words) => {
    const outcome = judge({ began: 4, ...told });
    expect(causes(outcome)).toEqual(found);
    // A deadlock is told by its finding, and then not once more.
    expect(outcome.findings[0]?.summary ?? says(outcome, 'Room')).toMatch(words);
  });

  it('is nothing that binds CodeDeploy, which brings its own tasks up beside the old ones', () => {
    const codeDeploy = { ...percent(100, 100, 1), deploymentController: { type: 'CODE_DEPLOY' as const } };
    const outcome = judge({ began: 4, service: codeDeploy, old: [old()] });
    expect(causes(outcome)).not.toContain('error deployment-percent-deadlock');
    expect(says(outcome, 'Room')).toBe('');
  });

  it('names the smallest change that ends a deadlock', () => {
    const { findings } = judge({ service: percent(100, 100, 4), old: times(4, old) });
    expect(findings[0]?.fix?.summary).toMatch(
      /maximumPercent from 100 to 125.*minimumHealthyPercent from 100 to 75/,
    );
    expect(findings[0]?.fix?.cli).toContain('minimumHealthyPercent=100,maximumPercent=125');
  });

  it('is not spoken of for a daemon, nor where blue and green stand side by side', () => {
    const daemon = judge({
      service: { schedulingStrategy: 'DAEMON', desiredCount: 1 },
      old: [old()],
      began: 4,
    });
    const blueGreen = judge({
      service: {
        ...percent(100, 100, 1),
        deploymentConfiguration: { strategy: 'BLUE_GREEN', maximumPercent: 100 },
      },
      old: [old()],
      began: 4,
    });
    expect([causes(daemon), says(daemon, 'Room')]).toEqual([[], '']);
    expect([causes(blueGreen), says(blueGreen, 'Room')]).toEqual([[], '']);
  });
});

const breaker = (status: 'MONITORING' | 'TRIGGERED' | 'DISABLED', failureCount = 0): Told => ({
  details: { deploymentCircuitBreaker: { status, failureCount, threshold: 3 } },
});
const failedStart = (minutes: number) =>
  stopped(minutes, { startedBy: ownId, stopCode: 'TaskFailedToStart', startedAt: undefined });
const diedRunning = (minutes: number) => stopped(minutes, { startedBy: ownId });

const watched = (alarms: DeploymentAlarms): Told['service'] => ({ deploymentConfiguration: { alarms } });
const notOfTheRevision: [Task['stopCode'], string][] = [
  ['SpotInterruption', 'Your Spot Task was interrupted.'],
  ['TerminationNotice', 'Host EC2 (instance i-0123456789abcdef0) terminated.'],
  ['UserInitiated', 'Task stopped by user'],
  ['ServiceSchedulerInitiated', 'Scaling activity initiated by (deployment ecs-svc/2)'],
  [
    'ServiceSchedulerInitiated',
    'Amazon ECS Availability Zone Rebalancing initiated by (deployment ecs-svc/2)',
  ],
];

describe('the circuit breaker', () => {
  it.each<[string, Told, RegExp]>([
    ['counts as ECS counts', { ...breaker('MONITORING'), own: [task()] }, /^0 of 3 failures$/],
    [
      'is said to trip at the pace of the failures',
      { ...breaker('MONITORING', 2), stops: [failedStart(2), failedStart(6)] },
      /^2 of 3 failures, trips in about 4 minutes if tasks go on failing/,
    ],
    ['that is off never gives up', { ...breaker('DISABLED'), stops: [failedStart(2)] }, /never gives up/],
    [
      'that is off gives up where an alarm does',
      {
        ...breaker('DISABLED'),
        stops: [failedStart(2)],
        service: watched({ enable: true, rollback: true, alarmNames: ['api-5xx'] }),
      },
      /^disabled: failed tasks alone never end this deployment, only an alarm turns it back$/,
    ],
    [
      'that is off gives up where an alarm stops it, and nothing goes back',
      {
        ...breaker('DISABLED'),
        stops: [failedStart(2)],
        service: watched({ enable: true, rollback: false, alarmNames: ['api-5xx'] }),
      },
      /only an alarm stops it, without going back$/,
    ],
    [
      'that is off gives up for no alarm that is turned off',
      {
        ...breaker('DISABLED'),
        stops: [failedStart(2)],
        service: watched({ enable: false, rollback: true, alarmNames: ['api-5xx'] }),
      },
      /never gives up/,
    ],
    ['that is off is not spoken of while nothing fails', breaker('DISABLED'), /^$/],
    ...notOfTheRevision.map(([stopCode, stoppedReason]): [string, Told, RegExp] => [
      `takes ${stopCode} with “${stoppedReason}” for no failed try`,
      { ...breaker('DISABLED'), stops: [stopped(2, { startedBy: ownId, stopCode, stoppedReason })] },
      /^$/,
    ]),
    [
      'takes a failed health check for one',
      {
        ...breaker('DISABLED'),
        stops: [
          stopped(2, {
            startedBy: ownId,
            stopCode: 'ServiceSchedulerInitiated',
            stoppedReason: 'Task failed container health checks',
          }),
        ],
      },
      /never gives up/,
    ],
    [
      'does not see tasks that end after RUNNING',
      { ...breaker('MONITORING'), stops: [diedRunning(1), diedRunning(4)] },
      /^0 of 3 failures, although 2 tasks ended after RUNNING/,
    ],
  ])('%s', (_, told, words) => {
    expect(says(judge({ began: 4, ...told }), 'Breaker')).toMatch(words);
  });
});

describe('time', () => {
  it.each<[string, Told, string[]]>([
    ['in the first minutes is never long', { began: 4, took: [1, 1, 1] }, []],
    ['within the slowest of its own deployments is normal', { began: 22, took: [20, 25, 21] }, []],
    ['beyond that is worth a word', { began: 30, took: [20, 25, 21] }, ['warn deployment-in-progress']],
    ['twice as long is worth a look', { began: 60, took: [20, 25, 21] }, ['error deployment-in-progress']],
    ['without a history is given a quarter of an hour', { began: 14, took: [1] }, []],
    ['without a history is long after that', { began: 16, took: [1] }, ['warn deployment-in-progress']],
    [
      'is not counted while tasks fail: then the failure is the answer',
      { began: 60, stops: [failedStart(3)] },
      [],
    ],
  ])('%s', (_, told, found) => {
    const outcome = judge({ own: [task({ lastStatus: 'PENDING' })], ...told });
    expect(causes(outcome)).toEqual(found);
  });

  it('is compared with the median and the slowest of the successful ones', () => {
    expect(says(judge({ began: 4, took: [3, 9, 4, 5, 4] }), 'Time')).toBe(
      '4 minutes so far, usually about 4 minutes, 9 minutes at most (5 successful deployments)',
    );
  });
});
