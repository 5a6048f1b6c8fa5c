import type { ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { definitionSteps } from '#diagnostics/checks/exec/definition-steps.ts';
import { type Seen, taskSteps } from '#diagnostics/checks/exec/task-steps.ts';

const now = new Date('2026-03-01T12:00:00Z');
const target = {
  environment: 'prod',
  account: '222222222222',
  region: 'us-east-1',
  cluster: 'prod',
  service: 'api',
};
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000);

type Agent = { lastStatus?: string; reason?: string } | null;

function task(more: Partial<Task> = {}, agent: Agent = { lastStatus: 'RUNNING' }): Task {
  const managedAgents = agent ? [{ name: 'ExecuteCommandAgent' as const, ...agent }] : [];
  return {
    taskArn: 'arn:aws:ecs:us-east-1:222222222222:task/prod/3f2a',
    lastStatus: 'RUNNING',
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    enableExecuteCommand: true,
    startedAt: secondsAgo(600),
    // A container without an agent stands first: what is meant is found by its name.
    containers: [{ name: 'proxy' }, { name: 'app', managedAgents }],
    ...more,
  };
}

const onInstance = { launchType: 'EC2', platformVersion: undefined } as const;

function seen(more: Partial<Seen> = {}): Seen {
  return { target, now, task: task(), container: 'app', ...more };
}

/** The steps that are not met, each as state and cause. */
const notMet = (steps: ReturnType<typeof taskSteps>) =>
  steps
    .filter(({ state }) => state !== 'ok')
    .map(({ about, state, cause }) => [about, state, cause].filter(Boolean));

describe('what the task says', () => {
  it.each<[string, Partial<Seen>, unknown[][]]>([
    ['all is met', {}, []],
    [
      'a task that is not running',
      { task: task({ lastStatus: 'PENDING' }) },
      [
        ['Task', 'blocked', 'exec-task-not-running'],
        ['Exec agent', 'open'],
      ],
    ],
    [
      'a task that was started before Exec was on',
      { task: task({ enableExecuteCommand: false }, null), service: { enableExecuteCommand: true } },
      [
        ['Exec', 'blocked', 'exec-not-enabled'],
        ['Exec agent', 'open'],
      ],
    ],
    [
      'an old platform',
      { task: task({ platformVersion: '1.3.0' }) },
      [['Platform', 'blocked', 'exec-platform-too-old']],
    ],
    [
      'Windows has had it from its first version',
      { task: task({ platformFamily: 'Windows_Server_2022_Core', platformVersion: '1.0.0' }) },
      [],
    ],
    [
      'an old agent on an instance',
      { task: task(onInstance), agentVersion: '1.49.0' },
      [['Agent', 'blocked', 'exec-platform-too-old']],
    ],
    ['versions are numbers, not texts', { task: task(onInstance), agentVersion: '1.100.0' }, []],
    ['a launch type that nobody knows yet', { task: task({ launchType: 'MOON' as 'EC2' }) }, []],
    ['an agent whose version was not read', { task: task(onInstance) }, [['Agent', 'open']]],
    [
      'an Exec agent that stopped',
      { task: task({}, { lastStatus: 'STOPPED', reason: 'exited' }) },
      [['Exec agent', 'blocked', 'exec-agent-stopped']],
    ],
    ['a container that the task does not have', { container: 'ap' }, [['Exec agent', 'open']]],
    ['a container without one', { task: task({}, null) }, [['Exec agent', 'blocked', 'exec-agent-stopped']]],
    [
      'one that comes up with a young task',
      { task: task({ startedAt: secondsAgo(40) }, { lastStatus: 'PENDING' }) },
      [['Exec agent', 'open']],
    ],
    [
      'one that never came up',
      { task: task({ startedAt: secondsAgo(400) }, { lastStatus: 'PENDING' }) },
      [['Exec agent', 'blocked', 'exec-agent-stopped']],
    ],
  ])('%s', (_name, more, expected) => {
    expect(notMet(taskSteps(seen(more)))).toEqual(expected);
  });
});

describe('what the task definition says', () => {
  const tidy: ContainerDefinition = { name: 'app', linuxParameters: { initProcessEnabled: true } };

  it.each<[string, Partial<ContainerDefinition>, Partial<TaskDefinition>, unknown[][]]>([
    ['nothing in the way', {}, {}, []],
    ['no init process', { linuxParameters: {} }, {}, [['Init process', 'advice']]],
    [
      'a file system that nobody writes to',
      { readonlyRootFilesystem: true },
      {},
      [['Root file system', 'blocked', 'exec-root-read-only']],
    ],
    [
      'keys that hide the role',
      { environment: [{ name: 'AWS_ACCESS_KEY_ID', value: 'x' }] },
      {},
      [['Credentials', 'blocked', 'exec-static-credentials']],
    ],
    [
      'keys that come as a secret',
      {
        secrets: [
          {
            name: 'AWS_SECRET_ACCESS_KEY',
            valueFrom: 'arn:aws:secretsmanager:us-east-1:222222222222:secret:k-AbCdEf',
          },
        ],
      },
      {},
      [['Credentials', 'blocked', 'exec-static-credentials']],
    ],
    ['a region is no credential', { environment: [{ name: 'AWS_REGION', value: 'x' }] }, {}, []],
    ['a proxy', { environment: [{ name: 'https_proxy', value: 'x' }] }, {}, [['Proxy', 'open']]],
    ['one set of processes', {}, { pidMode: 'task' }, [['Processes', 'open']]],
    ['no network', {}, { networkMode: 'none' }, [['Network', 'blocked', 'exec-no-network']]],
  ])('%s', (_name, container, definition, expected) => {
    const whole = {
      family: 'api',
      revision: 1,
      ...definition,
      containerDefinitions: [{ ...tidy, ...container }],
    };
    expect(notMet(definitionSteps(seen({ definition: whole })))).toEqual(expected);
  });

  it('is left out where it could not be read', () => {
    expect(definitionSteps(seen())).toEqual([]);
  });
});
