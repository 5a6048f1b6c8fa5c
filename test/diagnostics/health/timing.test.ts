import type { Task } from '@aws-sdk/client-ecs';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import type { GroupMetrics } from '#diagnostics/facts/health-metrics.ts';
import { killsCluster, timingOf } from '#diagnostics/health/timing.ts';
import { healthLines } from '#diagnostics/health-words.ts';
import { service } from '../checks/facts.ts';

const began = new Date('2026-01-01T12:00:30Z');
const group = { HealthCheckIntervalSeconds: 10, UnhealthyThresholdCount: 3, HealthyThresholdCount: 2 };

function task(name: string, startedAt = began): Task {
  return { taskArn: `arn:aws:ecs:us-east-1:222222222222:task/prod/${name}`, startedAt };
}

function killedAfter(
  seconds: number,
  stoppedReason = 'Task failed ELB health checks in (target-group a)',
): Task {
  return {
    ...task(`killed-${seconds}`),
    stoppedReason,
    stoppingAt: new Date(began.getTime() + seconds * 1000),
  };
}

/** HealthyHostCount from 11:58 on, a value a minute. */
function counts(...values: number[]): GroupMetrics {
  const healthy = values.map((value, index) => ({
    at: new Date(Date.UTC(2026, 0, 1, 11, 58 + index)),
    value,
  }));
  return { group: 'a', healthy, unhealthy: [], responseTime: [], serverErrors: [], connectionErrors: [] };
}

describe('what the settings allow', () => {
  it.each<[string, TargetGroup | undefined, { detection: number; earliest: number; recovery: number }]>([
    ['one passed check for a new target, the threshold after a failure', group, given(30, 10, 20)],
    [
      'the same for a threshold of ten',
      { ...group, HealthyThresholdCount: 10, HealthCheckIntervalSeconds: 30 },
      given(90, 30, 300),
    ],
    ['what ELB sets where nothing is said', undefined, given(60, 30, 150)],
  ])('is told in seconds: %s', (_, group, expected) => {
    const timing = timingOf({
      service: service({ healthCheckGracePeriodSeconds: 60 }),
      group,
      healthy: [],
      stopped: [],
      metrics: undefined,
    });
    expect(timing).toMatchObject({ grace: 60, ...expected, kills: [], measured: 0 });
  });

  it.each<[string, TargetGroup, RegExp]>([
    [
      'by a threshold',
      group,
      /a new target healthy with the first check that passes, within 10 s; one that was unhealthy after 20 s of passed checks \(2 × 10 s\)/,
    ],
    [
      'that a network load balancer takes its time to register',
      { ...group, Protocol: 'TCP' },
      /with the first checks that pass, which a network load balancer may begin minutes after the registration; .*20 s/,
    ],
  ])('is told in words: %s', (_, of, words) => {
    const { starts: _starts, ...timing } = timingOf({
      service: service(),
      group: of,
      healthy: [],
      stopped: [],
      metrics: undefined,
    });
    const health = { groups: [], containers: [], timing };
    const [line] = healthLines(health, { state: 'healthy', status: 'confirmed' });
    expect(line?.text).toMatch(words);
  });
});

function given(detection: number, earliest: number, recovery: number) {
  return { detection, earliest, recovery };
}

describe('a measured start', () => {
  it.each([
    ['the minute in which the count rose', [task('a')], counts(2, 2, 2, 2, 3), [90, 150]],
    ['two that started together', [task('a'), task('b')], counts(0, 0, 1, 2), [30, 90]],
    ['no minute before it began', [task('a')], counts(), undefined],
    ['no rise', [task('a')], counts(2, 2, 2, 2), undefined],
    ['half of those that started together', [task('a'), task('b')], counts(0, 0, 1, 1), undefined],
  ])('from %s', (_, healthy, metrics, expected) => {
    const { starts } = timingOf({ service: service(), group, healthy, stopped: [], metrics });
    const [first] = starts;
    expect(first && [first.from, first.to]).toEqual(expected);
  });
});

describe('stops as early as the settings allow', () => {
  it.each([
    ['at the end of the grace period', 60, [60, 63], true],
    ['a detection time after it', 60, [91, 95], true],
    ['without grace, at the first detection', 0, [31, 34], true],
    ['far later', 60, [600], false],
    ['one early, one late', 60, [61, 900], false],
    ['before the grace period ended', 120, [40], false],
    ['none', 60, [], false],
  ])('%s', (_, grace, kills, expected) => {
    const timing = timingOf({
      service: service({ healthCheckGracePeriodSeconds: grace }),
      group,
      healthy: [],
      stopped: kills.map((seconds) => killedAfter(seconds)),
      metrics: undefined,
    });
    expect(killsCluster(timing)).toBe(expected);
  });

  it('counts only those that a load balancer’s check stopped', () => {
    const { kills } = timingOf({
      service: service(),
      group,
      healthy: [],
      stopped: [killedAfter(61), killedAfter(70, 'Essential container in task exited')],
      metrics: undefined,
    });
    expect(kills).toEqual([61]);
  });
});
