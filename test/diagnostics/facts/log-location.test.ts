import type { ContainerDefinition, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { logLocation } from '#diagnostics/facts/log-location.ts';

const id = '0123456789abcdef0123456789abcdef';
const task: Task = {
  taskArn: `arn:aws:ecs:us-east-1:222222222222:task/prod/${id}`,
  launchType: 'FARGATE',
  containers: [{ name: 'app', runtimeId: `${id}-1234` }],
};

type LogConfiguration = ContainerDefinition['logConfiguration'];
const awslogs = (options: Record<string, string>): LogConfiguration => ({ logDriver: 'awslogs', options });

function locate(logConfiguration: LogConfiguration, of: Task = task) {
  const router = { name: 'log_router', firelensConfiguration: { type: 'fluentbit' as const } };
  return logLocation(of, { containerDefinitions: [{ name: 'app', logConfiguration }, router] }, 'app');
}

describe('the stream is worked out, never listed', () => {
  it.each([
    [{ 'awslogs-group': '/ecs/api', 'awslogs-stream-prefix': 'ecs' }, `ecs/app/${id}`, undefined],
    [{ 'awslogs-group': '/ecs/api', 'awslogs-region': 'eu-west-1' }, `${id}-1234`, 'eu-west-1'],
  ])('%j', (options, stream, region) => {
    expect(locate(awslogs(options))).toEqual({ kind: 'cloudwatch', group: '/ecs/api', stream, region });
  });
});

describe('where the lines are elsewhere, it is said where', () => {
  it.each<[string, LogConfiguration, RegExp]>([
    ['no driver on Fargate', undefined, /on Fargate nothing of its output is kept/],
    [
      'FireLens',
      { logDriver: 'awsfirelens', options: { Name: 'datadog', Host: 'intake.example' } },
      /FireLens through log_router, to Datadog at intake\.example$/,
    ],
    ['another driver', { logDriver: 'splunk' }, /logs to Splunk/],
    ['awslogs without a group', awslogs({}), /no awslogs-group/],
  ])('%s', (_, configuration, text) => {
    const location = locate(configuration);
    expect(location.kind).toBe('elsewhere');
    expect(location.kind === 'elsewhere' && location.text).toMatch(text);
  });

  it('no driver on EC2 leaves them on the instance', () => {
    const location = locate(undefined, { ...task, launchType: 'EC2' });
    expect(location).toMatchObject({ text: expect.stringContaining('json-file log on the instance') });
  });
});
