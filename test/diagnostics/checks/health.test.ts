import type { Service, Task } from '@aws-sdk/client-ecs';
import type { TargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { health } from '#diagnostics/checks/health.ts';
import { targetHealthCheck } from '#diagnostics/checks/target-health.ts';
import type { TargetGroupHealth } from '#diagnostics/facts/target-health.ts';
import {
  context,
  definition,
  deployment,
  minutesAgo,
  read,
  revision,
  running,
  service,
  tasksOf,
} from './facts.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-1:222222222222:targetgroup/api/0123456789abcdef';
const balancer = 'arn:aws:elasticloadbalancing:us-east-1:222222222222:loadbalancer/app/web/0123456789abcdef';

const group: TargetGroup = {
  TargetGroupArn: arn,
  TargetGroupName: 'api',
  TargetType: 'ip',
  HealthCheckProtocol: 'HTTP',
  HealthCheckPath: '/up',
  HealthCheckPort: 'traffic-port',
  HealthCheckIntervalSeconds: 10,
  UnhealthyThresholdCount: 2,
  HealthyThresholdCount: 3,
  LoadBalancerArns: [balancer],
};

function task(address: string, more: Partial<Task> = {}): Task {
  return running({
    taskArn: `arn:aws:ecs:us-east-1:222222222222:task/prod/${address.replaceAll('.', '')}`,
    taskDefinitionArn: revision(2),
    startedBy: 'ecs-svc/1',
    startedAt: minutesAgo(30),
    attachments: [{ details: [{ name: 'privateIPv4Address', value: address }] }],
    ...more,
  });
}

function target(Id: string, State = 'healthy', Reason?: string, more: Partial<TargetHealthDescription> = {}) {
  return {
    Target: { Id, Port: 8080, AvailabilityZone: 'us-east-1a' },
    HealthCheckPort: '8080',
    TargetHealth: { State, Reason },
    ...more,
  } as TargetHealthDescription;
}

const serving = service({
  loadBalancers: [{ targetGroupArn: arn, containerName: 'app', containerPort: 8080 }],
});
const served = definition(2, [{ name: 'app', portMappings: [{ containerPort: 8080 }] }]);
const two = [task('10.0.0.1'), task('10.0.0.2')];
const healthyTwo = [target('10.0.0.1'), target('10.0.0.2')];

interface Given {
  of?: Service;
  tasks?: Task[];
  groups?: TargetGroupHealth[];
  targets?: TargetHealthDescription[];
  settings?: Partial<TargetGroup>;
  deployed?: typeof served;
}

function judged({
  of = serving,
  tasks = two,
  targets = healthyTwo,
  settings,
  groups,
  deployed = served,
}: Given) {
  return health.judge(
    {
      service: of,
      tasks: read(tasksOf([], tasks)),
      targetHealth: read(groups ?? [{ arn, group: { ...group, ...settings }, targets }]),
      deployedTaskDefinitions: read({ [revision(2)]: deployed }),
    },
    context,
  );
}

const causesOf = (given: Given) => judged(given).findings.map(({ cause, severity }) => [cause, severity]);
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
    ['nothing for the port of the target group, which is only a default', { settings: { Port: 80 } }, []],
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
    [
      'a container that the task definition does not have',
      { deployed: definition(2, [{ name: 'web', portMappings: [{ containerPort: 8080 }] }]) },
      [['health-container-port-missing', 'error']],
    ],
    [
      'a port that the container does not name',
      { deployed: definition(2, [{ name: 'app', portMappings: [{ containerPort: 80 }] }]) },
      [['health-container-port-missing', 'error']],
    ],
    [
      'nothing for a port within a range',
      { deployed: definition(2, [{ name: 'app', portMappings: [{ containerPortRange: '8000-8100' }] }]) },
      [],
    ],
    [
      'a fixed port that nothing serves',
      {
        targets: [target('10.0.0.1', 'unhealthy', 'Target.FailedHealthChecks'), target('10.0.0.2')],
        settings: { HealthCheckPort: '9090' },
      },
      [['health-check-port-differs', 'error']],
    ],
    [
      'nothing for a fixed port that answers with a code',
      {
        targets: [target('10.0.0.1', 'unhealthy', 'Target.ResponseCodeMismatch'), target('10.0.0.2')],
        settings: { HealthCheckPort: '9090' },
      },
      [],
    ],
    [
      'nothing for a fixed port that is a container’s',
      {
        targets: [target('10.0.0.1', 'unhealthy', 'Target.Timeout'), target('10.0.0.2')],
        settings: { HealthCheckPort: '9090' },
        deployed: definition(2, [
          { name: 'app', portMappings: [{ containerPort: 8080 }, { containerPort: 9090 }] },
        ]),
      },
      [],
    ],
  ])('%s', (_, given, expected) => {
    expect(causesOf(given)).toEqual(expected);
  });

  it('is only likely where a fixed port gives no answer at all', () => {
    const [found] = judged({
      targets: [target('10.0.0.1', 'unhealthy', 'Target.Timeout'), target('10.0.0.2')],
      settings: { HealthCheckPort: '9090' },
    }).findings;
    expect(found).toMatchObject({ cause: 'health-check-port-differs', status: 'likely' });
    expect(found?.open).toContain('9090');
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
      'a state that nobody knows yet',
      { targets: [target('10.0.0.1', 'of_next_year'), target('10.0.0.2')] },
      'unknown',
      /1 of 2 targets healthy/,
    ],
    ['no target where tasks are wanted', { targets: [], tasks: [] }, 'unknown', /^no target in api/],
  ])('%s', (_, given, state, headline) => {
    const { answer } = judged(given);
    expect(answer?.state).toBe(state);
    expect(answer?.headline).toMatch(headline);
  });
});

describe('what the load balancer says of targets', () => {
  const said = (targets: TargetHealthDescription[], more: Partial<TargetGroupHealth> = {}) =>
    targetHealthCheck
      .judge(
        {
          targetHealth: [{ arn, group, targets, ...more }],
          service: read({ ...serving, deployments: [deployment()] }),
          tasks: read(tasksOf([], two)),
        },
        context,
      )
      .findings.map(({ cause, alsoSeen }) => [cause, alsoSeen ?? false]);

  it.each<[string, TargetHealthDescription[], [string, boolean][]]>([
    [
      'is a fault of a task’s target',
      [target('10.0.0.1', 'unhealthy', 'Target.Timeout')],
      [['elb-health-timeout', false]],
    ],
    [
      'is seen beside the service where no task stands behind the target',
      [target('10.0.0.9', 'unhealthy', 'Target.Timeout')],
      [['elb-health-timeout', true]],
    ],
    [
      'is none where checks are switched off',
      [target('10.0.0.1', 'unavailable', 'Target.HealthCheckDisabled')],
      [],
    ],
    ['is none of an instance that is gone', [target('i-1', 'unused', 'Target.InvalidState')], []],
  ])('%s', (_, targets, expected) => {
    expect(said(targets)).toEqual(expected);
  });

  it('is none of the idle one of a pair', () => {
    expect(said([target('10.0.0.1', 'unused', 'Target.NotInUse')], { pairedWith: 'other' })).toEqual([]);
  });
});
