import type { ContainerInstance, Task } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { changeFindings } from '#diagnostics/checks/changes/change-findings.ts';
import {
  context,
  definition,
  minutesAgo,
  read,
  revision,
  running,
  service,
  stopped,
  tasksOf,
} from '../checks/facts.ts';

const host = (
  name: string,
  ami: string | undefined,
  agentVersion = '1.98.0',
  registered = 60,
): ContainerInstance => ({
  containerInstanceArn: name,
  ec2InstanceId: `i-${name}`,
  registeredAt: minutesAgo(registered),
  versionInfo: { agentVersion },
  attributes: ami === undefined ? [] : [{ name: 'ecs.ami-id', value: ami }],
});
const runs = (containerInstanceArn: string, number = 2) =>
  running({ containerInstanceArn, taskDefinitionArn: revision(number), startedAt: minutesAgo(90) });
const fails = (containerInstanceArn: string, more: Partial<Task> = {}) =>
  stopped(5, { containerInstanceArn, launchType: 'EC2', ...more });

interface Case {
  hosts: ContainerInstance[];
  runs: Task[];
  fails: Task[];
}

it.each<[string, Case, string | undefined]>([
  [
    'another AMI where it fails',
    { hosts: [host('a', 'ami-1'), host('b', 'ami-2')], runs: [runs('a')], fails: [fails('b'), fails('b')] },
    'the instances have AMI ami-2',
  ],
  [
    'another AMI and another agent',
    { hosts: [host('a', 'ami-1'), host('b', 'ami-2', '1.102.0')], runs: [runs('a')], fails: [fails('b')] },
    'the instances have AMI ami-2 and agent 1.102.0',
  ],
  [
    'a failure where others run: the instance does not decide',
    { hosts: [host('a', 'ami-1'), host('b', 'ami-2')], runs: [runs('a')], fails: [fails('b'), fails('a')] },
    undefined,
  ],
  [
    'the same AMI and agent on both',
    { hosts: [host('a', 'ami-1'), host('b', 'ami-1')], runs: [runs('a')], fails: [fails('b')] },
    undefined,
  ],
  [
    'an AMI that is not told where it runs',
    { hosts: [host('a', undefined), host('b', 'ami-2')], runs: [runs('a')], fails: [fails('b')] },
    undefined,
  ],
  [
    'a failure on an instance of the AMI that runs, too: the AMI does not decide',
    {
      hosts: [host('a', 'ami-1'), host('b', 'ami-2'), host('c', 'ami-1')],
      runs: [runs('a')],
      fails: [fails('b'), fails('c')],
    },
    undefined,
  ],
  [
    'a failure on an instance that is gone, of which nothing is known',
    { hosts: [host('a', 'ami-1'), host('b', 'ami-2')], runs: [runs('a')], fails: [fails('b'), fails('c')] },
    undefined,
  ],
  [
    'an instance that was there before what runs: all that starts now may fail',
    {
      hosts: [host('a', 'ami-1'), host('b', 'ami-2', '1.98.0', 9_000)],
      runs: [runs('a')],
      fails: [fails('b')],
    },
    undefined,
  ],
  [
    'an older instance, where one started elsewhere since the failures began',
    {
      hosts: [host('a', 'ami-1'), host('b', 'ami-2', '1.98.0', 9_000)],
      runs: [runs('a'), { ...runs('a'), startedAt: minutesAgo(4) }],
      fails: [fails('b')],
    },
    'the instances have AMI ami-2',
  ],
  [
    'an image that is not there, which no instance changes',
    {
      hosts: [host('a', 'ami-1'), host('b', 'ami-2')],
      runs: [runs('a')],
      fails: [
        fails('b', {
          startedAt: undefined,
          stopCode: 'TaskFailedToStart',
          stoppedReason:
            'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 222222222222.dkr.ecr.us-east-1.amazonaws.com/api:9: 222222222222.dkr.ecr.us-east-1.amazonaws.com/api:9: not found',
          containers: [{ name: 'app' }],
        }),
      ],
    },
    undefined,
  ],
  [
    'another revision that runs elsewhere',
    { hosts: [host('a', 'ami-1'), host('b', 'ami-2')], runs: [runs('a', 1)], fails: [fails('b')] },
    undefined,
  ],
])('%s', (_, given, title) => {
  const [found] = changeFindings(
    {
      tasks: tasksOf(given.fails, given.runs),
      service: service(),
      definitions: { [revision(2)]: definition(2) },
      logs: [],
      values: [],
      instances: read(given.hosts),
    },
    context,
  );
  expect(found?.title).toBe(title);
  if (title === undefined) return;
  expect(found).toMatchObject({ cause: 'instances-changed', status: 'likely' });
  expect(found?.fix?.cli).toBe(
    'aws ecs update-container-instances-state --region us-east-1 --cluster prod --container-instances b --status DRAINING',
  );
});
