import { describe, expect, it } from 'vitest';
import { explain } from '#diagnostics/explain.ts';
import type { Context } from '#diagnostics/observation.ts';

function stop(text: string, context: Context) {
  return explain({ where: 'task.stoppedReason', text, context })[0];
}

const exited = 'Essential container in task exited';
const scaling = 'Scaling activity initiated by (deployment ecs-svc/1111222233334444555)';
const health =
  'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef)';

describe('exit code 137', () => {
  it.each([
    [
      'is not called out of memory without the flag',
      exited,
      { stopCode: 'EssentialContainerExited' },
      'sigkill-unexplained',
      'open',
    ],
    [
      'is likely out of memory when memory stood at its limit',
      exited,
      { stopCode: 'EssentialContainerExited', memoryUtilizedMaxPercent: 99 },
      'oom-container',
      'likely',
    ],
    [
      'in a stop that took as long as stopTimeout is a SIGTERM ignored',
      scaling,
      { stopCode: 'ServiceSchedulerInitiated', stopTimeout: 60, stoppingToStoppedSeconds: 61 },
      'sigkill-stop-timeout',
      'confirmed',
    ],
    [
      'in a stop of unknown length is likely so',
      scaling,
      { stopCode: 'ServiceSchedulerInitiated' },
      'sigkill-stop-timeout',
      'likely',
    ],
    [
      'in a stop that was over before the timeout is no SIGTERM ignored',
      scaling,
      { stopCode: 'ServiceSchedulerInitiated', stoppingToStoppedSeconds: 2 },
      'scale-in',
      'likely',
    ],
    [
      'nor in one that somebody asked for',
      'Stopped by hand',
      { stopCode: 'UserInitiated', stoppingToStoppedSeconds: 2 },
      'user-stopped',
      'confirmed',
    ],
    [
      'after failed health checks leaves the health check as the cause',
      health,
      { stopCode: 'ServiceSchedulerInitiated', targetReason: 'Request timed out' },
      'elb-health-timeout',
      'confirmed',
    ],
  ])('%s', (_, text, context, cause, status) => {
    expect(stop(text, { ...context, otherContainers: [{ name: 'web', exitCode: 137 }] })).toMatchObject({
      cause,
      status,
    });
  });
});

describe('the out-of-memory flag', () => {
  const flagged = { name: 'web', reason: 'OutOfMemoryError: Container killed due to memory usage' };

  it.each([0, 1, 143])('beside exit code %i speaks of a child process', (exitCode) => {
    const found = stop(exited, {
      stopCode: 'EssentialContainerExited',
      otherContainers: [{ ...flagged, exitCode }],
    });
    expect(found?.cause).toBe('oom-child-process');
  });

  it('outranks the health check that failed because of it', () => {
    const found = stop(health, {
      stopCode: 'ServiceSchedulerInitiated',
      otherContainers: [{ ...flagged, exitCode: 137 }],
    });
    expect(found).toMatchObject({ cause: 'oom-container', culprit: 'web' });
  });
});

describe('exit code 0', () => {
  it.each([
    ['of a service task is a fault', { group: 'service:web' }, 'app-exit-clean-in-service', 'error'],
    ['of a job is its end', { group: 'family:etl' }, 'task-completed', 'info'],
    ['of a scheduled task is its end', { startedBy: 'events-rule/nightly' }, 'task-completed', 'info'],
    ['of a task of unknown kind stays open and raises no alarm', {}, 'app-exit-clean-in-service', 'warn'],
  ])('%s', (_, context, cause, severity) => {
    const otherContainers = [{ name: 'web', exitCode: 0 }];
    expect(stop(exited, { stopCode: 'EssentialContainerExited', ...context, otherContainers })).toMatchObject(
      { cause, severity },
    );
  });
});

describe('a stop by the scheduler', () => {
  it.each([
    ['the deployment that started the task', 'ecs-svc/1111222233334444555', 'scale-in'],
    ['a newer deployment', 'ecs-svc/9999222233334444555', 'deployment-replaced'],
  ])('through %s', (_, startedBy, cause) => {
    const otherContainers = [{ name: 'web', exitCode: 143 }];
    expect(
      stop(scaling, { stopCode: 'ServiceSchedulerInitiated', startedBy, otherContainers }),
    ).toMatchObject({ cause, status: 'confirmed', severity: 'info' });
  });
});

describe('a dependency that failed', () => {
  it('is the culprit, and not the container on which ECS wrote 143', () => {
    const waiting =
      'CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [init(web) (STOPPED->RUNNING) - Exit: 3] for target [web(web) (NONE->RUNNING)] because dependency will never start';
    const found = stop('Task failed to start', {
      stopCode: 'TaskFailedToStart',
      otherContainers: [
        { name: 'web', exitCode: 143, reason: waiting },
        { name: 'init', exitCode: 3 },
      ],
    });
    expect(found).toMatchObject({ cause: 'dependency-failed', culprit: 'init', names: { exitCode: '3' } });
  });
});

describe('a new stop code', () => {
  it('does not hide what the containers say', () => {
    const found = stop('', { stopCode: 'SomethingNew', otherContainers: [{ name: 'web', exitCode: 1 }] });
    expect(found).toMatchObject({ cause: 'app-exit-error', culprit: 'web' });
  });
});

describe('a log beside an exit code', () => {
  it.each([
    [
      'that names the same cause leaves it confirmed',
      126,
      'sh: 1: /srv/app: Permission denied',
      'app-not-executable',
      'confirmed',
    ],
    [
      'that names another cause makes it likely',
      127,
      'Error: DATABASE_URL is not set',
      'app-config-missing',
      'likely',
    ],
    [
      'that says nothing leaves the code to speak',
      255,
      'supervisor: app is gone',
      'app-exit-255',
      'confirmed',
    ],
  ])('%s', (_, exitCode, logTail, cause, status) => {
    const otherContainers = [{ name: 'web', exitCode }];
    expect(stop(exited, { stopCode: 'EssentialContainerExited', logTail, otherContainers })).toMatchObject({
      cause,
      status,
    });
  });
});

describe('an image that is not there', () => {
  const digest = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:${'ab'.repeat(32)}`;
  const tagged = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:stable';
  const missing = (image: string) =>
    `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${image}: ${image}: not found`;

  it.each([
    ['asked for by digest, defined by tag: ECS had pinned it', digest, tagged, 'image-version-vanished'],
    ['asked for by digest, defined by digest: it never was', digest, digest, 'image-not-found'],
    ['asked for by tag', tagged, tagged, 'image-not-found'],
  ])('%s', (_, asked, taskDefinitionImage, cause) => {
    const ofTask = stop(missing(asked), { stopCode: 'TaskFailedToStart', taskDefinitionImage });
    const ofContainer = stop('Task failed to start', {
      stopCode: 'TaskFailedToStart',
      taskDefinitionImage,
      otherContainers: [{ name: 'web', reason: missing(asked) }],
    });
    expect([ofTask?.cause, ofContainer?.cause]).toEqual([cause, cause]);
  });
});

describe('a container health command', () => {
  it.each([
    [
      'that is a whole line without a shell',
      ['CMD', 'curl -f http://localhost/ || exit 1'],
      'container-health-tool-missing',
    ],
    [
      'that is a whole line for a shell',
      ['CMD-SHELL', 'curl -f http://localhost/ || exit 1'],
      'container-health-failed',
    ],
    ['that is words without a shell', ['CMD', 'curl', '-f', 'http://localhost/'], 'container-health-failed'],
  ])('%s', (_, healthCheckCommand, cause) => {
    const found = stop('Task failed container health checks', {
      stopCode: 'ServiceSchedulerInitiated',
      healthCheckCommand,
      otherContainers: [{ name: 'web', healthStatus: 'UNHEALTHY', exitCode: 143 }],
    });
    expect(found?.cause).toBe(cause);
  });
});

it('a reason of the scheduler that nobody knows yet is not taken for a stop that was meant', () => {
  const told = stop('Task failed frobnication checks in (frob-group frob-1)', {
    stopCode: 'ServiceSchedulerInitiated',
  });
  expect(told).toMatchObject({ cause: 'unknown', status: 'open', severity: 'warn' });
  expect(stop('', { stopCode: 'ServiceSchedulerInitiated' })).toMatchObject({
    cause: 'scale-in',
    status: 'likely',
  });
});
