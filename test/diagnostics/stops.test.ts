import type { Service, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { groupStops, readStop } from '#diagnostics/stops.ts';

const started = new Date('2026-11-24T14:00:00Z');
const task: Task = {
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3',
  startedAt: started,
  stoppingAt: new Date(started.getTime() + 61_000),
  stopCode: 'ServiceSchedulerInitiated',
  stoppedReason:
    'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef)',
  containers: [
    { name: 'exporter', exitCode: 143 },
    { name: 'app', exitCode: 143 },
  ],
};
const service = (grace: number): Service => ({
  loadBalancers: [{ containerName: 'app', containerPort: 8080 }],
  healthCheckGracePeriodSeconds: grace,
});

describe('a task that failed the check of its load balancer', () => {
  it('is about the container that the load balancer checks', () => {
    const [best] = readStop(task, {}, { service: service(0) }).explanations;
    expect(best).toMatchObject({ cause: 'elb-health-failed', culprit: 'app' });
    expect(readStop(task, {}).explanations[0].culprit).toBeUndefined();
  });

  it.each([
    ['still booting, without grace', 0, 'Loading 41280 rules', 'elb-grace-too-short', 'likely'],
    [
      'ready just before it is stopped',
      30,
      'Started App in 58.2 seconds',
      'elb-grace-too-short',
      'confirmed',
    ],
    ['still booting, with ample grace', 300, 'Loading 41280 rules', 'elb-health-failed', 'likely'],
    ['long ready', 0, 'Started App in 2.4 seconds', 'elb-health-failed', 'likely'],
  ])('%s', (_, grace, logTail, cause, status) => {
    const [best] = readStop(task, {}, { service: service(grace), logTail }).explanations;
    expect(best).toMatchObject({ cause, status, culprit: 'app' });
  });
});

describe('which container ended a task', () => {
  const arn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3';
  const exited: Task = {
    taskDefinitionArn: arn,
    startedAt: started,
    group: 'service:web',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [
      { name: 'app', exitCode: 0 },
      { name: 'migrate', exitCode: 1 },
    ],
  };
  const known = {
    [arn]: { containerDefinitions: [{ name: 'app' }, { name: 'migrate', essential: false }] },
  };
  it.each([
    ['is only likely where the task definition is not known', exited, {}, 'migrate', 'likely'],
    ['is certain where it is', exited, known, 'app', 'confirmed'],
    [
      'is certain where there is but one',
      { ...exited, containers: [{ name: 'app', exitCode: 1 }] },
      {},
      'app',
      'confirmed',
    ],
  ])('%s', (_, stop, definitions, culprit, status) => {
    const [best] = readStop(stop, definitions).explanations;
    expect(best).toMatchObject({ culprit, status });
    expect(best.decide?.includes('ecs:DescribeTaskDefinition') ?? false).toBe(status === 'likely');
  });
});

describe('exit code 137 in a scale-in', () => {
  const arn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3';
  const at = (seconds: number) => new Date(started.getTime() + seconds * 1000);
  it.each([
    ['of 31 s, where a sidecar is given 120 s, is held to its own 30 s', 31, 'sigkill-stop-timeout'],
    ['of 2 s is no kill after the timeout', 2, 'scale-in'],
  ])('%s', (_, lasted, cause) => {
    const stop: Task = {
      taskDefinitionArn: arn,
      startedAt: started,
      stoppingAt: at(600),
      executionStoppedAt: at(600 + lasted),
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1111222233334444555)',
      containers: [
        { name: 'app', exitCode: 137 },
        { name: 'proxy', exitCode: 0 },
      ],
    };
    const containerDefinitions = [{ name: 'app' }, { name: 'proxy', stopTimeout: 120 }];
    const [best] = readStop(stop, { [arn]: { containerDefinitions } }).explanations;
    expect(best.cause).toBe(cause);
    if (cause === 'sigkill-stop-timeout') expect(best).toMatchObject({ culprit: 'app', status: 'confirmed' });
    else expect(best.severity).toBe('info');
  });
});

describe('the image that a reason speaks of', () => {
  const digest = `registry.example.com:5000/shop/web@sha256:${'ab'.repeat(32)}`;
  it('is found by its repository, whatever the port and the tag', () => {
    const [best] = readStop(
      {
        stopCode: 'TaskFailedToStart',
        stoppedReason: `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${digest}: ${digest}: not found`,
        containers: [
          { name: 'log', image: 'registry.example.com:5000/shop/log:2' },
          { name: 'app', image: 'registry.example.com:5000/shop/web:stable' },
        ],
      },
      {},
    ).explanations;
    expect(best).toMatchObject({ cause: 'image-version-vanished', status: 'confirmed' });
    expect(best.names.image).toBe('registry.example.com:5000/shop/web:stable');
  });
});

describe('stops of one reason', () => {
  const failed = (stoppedReason: string): Task => ({
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3',
    stopCode: 'TaskFailedToStart',
    stoppedAt: started,
    stoppedReason,
  });
  const denied = (id: string) =>
    `ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: ${id}, api error AccessDeniedException: Access to KMS is not allowed`;
  const file = (ids: string) =>
    `ResourceInitializationError: failed to download env files: file download command: non empty error stream: AccessDenied: Access Denied status code: 403, request id: ${ids}`;

  it.each([
    [
      'ids of requests',
      [denied('ba43c469-fffc-566c-4437-f1b8614902df'), denied('0c1e22f0-bead-4bcd-a1b2-3c4d5e6f7a8b')],
    ],
    ['ids of S3', [file('GZXT0K4YB1, host id: aB+c/9='), file('7QWERTYUI2, host id: Zz0/kL==')]],
  ])('are one group, whatever their %s', (_, reasons) => {
    expect(groupStops(reasons.map((reason) => readStop(failed(reason), {})))).toHaveLength(1);
  });

  it('are two where they name other things', () => {
    const reasons = ['CannotPullContainerError: no such host a', 'CannotPullContainerError: no such host b'];
    expect(groupStops(reasons.map((reason) => readStop(failed(reason), {})))).toHaveLength(2);
  });
});
