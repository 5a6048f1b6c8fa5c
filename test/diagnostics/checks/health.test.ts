import { describe, expect, it } from 'vitest';
import { health } from '#diagnostics/checks/health.ts';
import { context, definition, minutesAgo, read, revision, service, tasksOf } from './facts.ts';
import { causesOf, type Given, judged, served } from './health/judged.ts';
import { arn, group, healthyTwo, target, task, two } from './targets.ts';

const notesOf = (given: Given) => judged(given).details?.notes?.join(' ') ?? '';

describe('what is found behind the checks', () => {
  it.each<[string, Given, [string, string][]]>([
    ['nothing where all targets are healthy', {}, []],
    [
      'nothing while targets are in their first checks',
      { targets: [target('10.0.0.1', 'initial', 'Elb.InitialHealthChecking'), target('10.0.0.2')] },
      [],
    ],
    [
      'nothing while targets drain',
      {
        targets: [
          ...healthyTwo,
          target('10.0.0.3', 'draining', 'Target.DeregistrationInProgress'),
          target('10.0.0.4', 'unhealthy.draining', 'Target.DeregistrationInProgress'),
        ],
      },
      [],
    ],
    [
      'a running task that is not registered',
      { targets: [target('10.0.0.1')] },
      [['elb-target-missing', 'warn']],
    ],
    [
      'nothing for a task that has only just started',
      {
        tasks: [task('10.0.0.1'), task('10.0.0.2', { startedAt: minutesAgo(1) })],
        targets: [target('10.0.0.1')],
      },
      [],
    ],
    [
      'nothing for a task of the deployment before',
      {
        tasks: [task('10.0.0.1'), task('10.0.0.2', { startedBy: 'ecs-svc/0' })],
        targets: [target('10.0.0.1')],
      },
      [],
    ],
    [
      'a group that belongs to no load balancer',
      {
        targets: [
          target('10.0.0.1', 'unused', 'Target.NotInUse'),
          target('10.0.0.2', 'unused', 'Target.NotInUse'),
        ],
        settings: { LoadBalancerArns: [] },
      },
      [['elb-target-unused', 'error']],
    ],
  ])('%s', (_, given, expected) => {
    expect(causesOf(given)).toEqual(expected);
  });
});

describe('what is no fault, and is said', () => {
  it.each<[string, Given, RegExp]>([
    [
      'a zonal shift',
      {
        targets: [
          target('10.0.0.1', 'healthy', undefined, {
            AdministrativeOverride: { State: 'zonal_shift_active' },
          }),
          target('10.0.0.2'),
        ],
      },
      /zonal shift is in effect: 1 target gets no requests/,
    ],
    [
      'an anomaly that is mitigated',
      {
        targets: [
          target('10.0.0.1', 'healthy', undefined, {
            AnomalyDetection: { Result: 'anomalous', MitigationInEffect: 'yes' },
          }),
          target('10.0.0.2'),
        ],
      },
      /anomaly mitigation/,
    ],
    [
      'that 0 healthy is not down',
      {
        targets: [
          target('10.0.0.1', 'unhealthy', 'Target.Timeout'),
          target('10.0.0.2', 'unhealthy', 'Target.Timeout'),
        ],
      },
      /fails open/,
    ],
    [
      'a target of no task',
      { targets: [...healthyTwo, target('10.0.0.9', 'unhealthy', 'Target.Timeout')] },
      /10\.0\.0\.9/,
    ],
    [
      'checks that are switched off',
      {
        targets: [target('10.0.0.1', 'unavailable', 'Target.HealthCheckDisabled')],
        settings: { HealthCheckEnabled: false },
      },
      /api is not checked/,
    ],
  ])('%s', (_, given, words) => {
    expect(notesOf(given)).toMatch(words);
  });

  it('nothing where there is nothing to say', () => {
    expect(notesOf({})).toBe('');
  });
});

const withCheck = definition(2, [{ name: 'app', healthCheck: { command: ['CMD', '/app/check'] } }]);
const checking = (healthStatus: 'HEALTHY' | 'UNKNOWN') =>
  task('10.0.0.1', { healthStatus, containers: [{ name: 'app', healthStatus }] });

describe('the answer where nothing fails', () => {
  it.each<[string, Given, string, RegExp]>([
    [
      'numbers',
      {},
      'healthy',
      /^2 of 2 targets healthy in api, checks HTTP GET \/up on port 8080 every 10 s/,
    ],
    [
      'several groups',
      {
        groups: [
          { arn, group, targets: healthyTwo },
          { arn: `${arn}1`, group: { ...group, TargetGroupName: 'api-internal' }, targets: healthyTwo },
        ],
      },
      'healthy',
      /^2 of 2 targets healthy in api; 2 of 2 targets healthy in api-internal$/,
    ],
    ['no load balancer and no check', { of: service(), groups: [] }, 'healthy', /^nothing checks it/],
    [
      'a container check that no task has passed yet',
      { of: service(), groups: [], tasks: [checking('UNKNOWN')], deployed: withCheck },
      'unknown',
      /^0 of 1 task pass the check of app/,
    ],
    [
      'a container check that passes',
      { of: service(), groups: [], tasks: [checking('HEALTHY'), checking('UNKNOWN')], deployed: withCheck },
      'healthy',
      /^1 of 2 tasks pass the check of app/,
    ],
    [
      'a state that nobody knows yet',
      { targets: [target('10.0.0.1', 'of_next_year'), target('10.0.0.2')] },
      'unknown',
      /1 of 2 targets healthy/,
    ],
    [
      'first checks alone',
      { targets: [target('10.0.0.1', 'initial', 'Elb.InitialHealthChecking')], tasks: [task('10.0.0.1')] },
      'unknown',
      /^0 of 1 target healthy in api, 1 in the first checks/,
    ],
    [
      'first checks beside healthy ones',
      { targets: [target('10.0.0.1', 'initial', 'Elb.InitialHealthChecking'), target('10.0.0.2')] },
      'healthy',
      /^1 of 2 targets healthy in api, 1 in the first checks/,
    ],
    [
      'a pair of which nobody could tell that one is used',
      {
        groups: [
          { arn, group, pairedWith: `${arn}1`, targets: [target('10.0.0.1', 'unused', 'Target.NotInUse')] },
          { arn: `${arn}1`, group, pairedWith: arn, targets: [] },
        ],
        tasks: [task('10.0.0.1')],
      },
      'unknown',
      /^0 of 1 target healthy in api/,
    ],
    [
      'no check that can be known of where no task runs',
      { of: service({ desiredCount: 2 }), groups: [], tasks: [] },
      'unknown',
      /^no task runs/,
    ],
    [
      'nothing to check where no task is wanted',
      { of: service({ desiredCount: 0 }), groups: [], tasks: [] },
      'healthy',
      /0 of 0 running$/,
    ],
    ['no target where tasks are wanted', { targets: [], tasks: [] }, 'unknown', /^no target in api/],
  ])('%s', (_, given, state, headline) => {
    const { answer } = judged(given);
    expect(answer?.state).toBe(state);
    expect(answer?.headline).toMatch(headline);
  });
});

describe('what was not read is not taken for what is not there', () => {
  it('does not say that nothing checks a service whose task definitions could not be read', () => {
    const facts = { service: service({}), tasks: read(tasksOf([], two)) };
    expect(health.judge(facts, context).answer).toMatchObject({ state: 'unknown' });
    const known = { ...facts, deployedTaskDefinitions: read({ [revision(2)]: served }) };
    expect(health.judge(known, context).answer).toMatchObject({ state: 'healthy' });
  });

  it('takes no running task for unregistered where the kind of targets is not known', () => {
    const given = { targets: [target('10.0.0.1')], settings: { TargetType: 'address' as 'ip' } };
    expect(causesOf(given)).toEqual([]);
  });
});
