import { describe, expect, test } from 'vitest';
import { type ReadableMessage, readMessage } from '#src/slack/read-message.ts';
import { targetMetadata } from '#src/slack/state.ts';
import { prod, staging } from './bot.ts';

const us = { botId: 'B0SLEUTH', botUserId: 'U0SLEUTH', name: 'ecs-sleuth', team: 'T0' };
const taskId = '0123456789abcdef0123456789abcdef';
const taskArn = `arn:aws:ecs:us-east-1:222222222222:task/prod/${taskId}`;
const dimensions = [
  { name: 'ClusterName', value: 'prod' },
  { name: 'ServiceName', value: 'api' },
];
const snsAlarm = {
  AlarmName: 'api-memory',
  AWSAccountId: '222222222222',
  AlarmArn: 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:api-memory',
  Region: 'US East (N. Virginia)',
  Trigger: { MetricName: 'MemoryUtilization', Namespace: 'AWS/ECS', Dimensions: dimensions },
};
const eventBridgeAlarm = {
  'detail-type': 'CloudWatch Alarm State Change',
  account: '222222222222',
  region: 'us-east-1',
  detail: {
    alarmName: 'api-cpu',
    configuration: {
      metrics: [
        {
          metricStat: {
            metric: { name: 'CPUUtilization', dimensions: { ClusterName: 'prod', ServiceName: 'api' } },
          },
        },
      ],
    },
  },
};
const taskEvent = {
  'detail-type': 'ECS Task State Change',
  account: '222222222222',
  region: 'us-east-1',
  detail: { clusterArn: 'arn:aws:ecs:us-east-1:222222222222:cluster/prod', group: 'service:api', taskArn },
};

const sure: [string, ReadableMessage, object][] = [
  ['a task ARN', { text: `Task ${taskArn}.` }, { service: taskId, options: { cluster: 'prod' } }],
  ['a service ARN', { text: 'arn:aws:ecs:us-east-1:222222222222:service/prod/api' }, { service: 'api' }],
  [
    'a console address',
    {
      text: '<https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/prod/services/api/health?region=us-east-1>',
    },
    { service: 'api', options: { cluster: 'prod' } },
  ],
  [
    'a console address of somebody signed in to several accounts',
    {
      text: '<https://222222222222-abc1.us-east-1.console.aws.amazon.com/ecs/v2/clusters/blue/services/api>',
    },
    { service: 'api', options: { cluster: 'blue' } },
  ],
  ['an alarm as SNS sends it', { text: JSON.stringify(snsAlarm) }, { service: 'api', command: 'perf' }],
  [
    'an alarm within the envelope of SNS',
    { text: JSON.stringify({ Type: 'Notification', Message: JSON.stringify(snsAlarm) }) },
    { service: 'api' },
  ],
  [
    'an alarm of EventBridge',
    { text: `Alarm! ${JSON.stringify(eventBridgeAlarm)} :fire:` },
    { service: 'api' },
  ],
  [
    "a task's event of EventBridge",
    { text: JSON.stringify(taskEvent) },
    { service: 'api', options: { cluster: 'prod', task: taskId } },
  ],
  [
    "an alarm's mail",
    { text: '- AWS Account: 222222222222\n- Dimensions: [ServiceName = api] [ClusterName = prod]' },
    { service: 'api', options: { cluster: 'prod' } },
  ],
  [
    'an alarm in an attachment',
    {
      attachments: [
        {
          fallback: 'ALARM',
          fields: [
            { title: 'ClusterName', value: 'prod' },
            { title: 'ServiceName', value: 'api' },
          ],
        },
      ],
    },
    { service: 'api', options: { cluster: 'prod' } },
  ],
  [
    "a notifier's blocks",
    {
      text: 'Deployment failed',
      blocks: [
        {
          type: 'section',
          fields: [
            { type: 'mrkdwn', text: '*Service:* api' },
            { type: 'mrkdwn', text: '*Cluster:* prod' },
          ],
        },
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'in us-east-1' }] }],
        },
      ],
    },
    { service: 'api', options: { cluster: 'prod' } },
  ],
  [
    'a link on a button',
    {
      text: 'Stopped',
      blocks: [
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              url: `https://us-east-1.console.aws.amazon.com/ecs/v2/clusters/prod/tasks/${taskId}`,
            },
          ],
        },
      ],
    },
    { service: taskId },
  ],
];

describe('What a message says of itself in its metadata', () => {
  const text = 'api in prod: out of memory';
  const metadata = targetMetadata({ command: 'logs', service: 'billing', environment: 'prod', options: {} });
  test.each([
    ['its bot', { bot_id: us.botId }, 'billing'],
    ['its user', { user: us.botUserId }, 'billing'],
    ['the bot of another app', { bot_id: 'B0OTHER', user: 'U0OTHER' }, undefined],
    ['nobody that Slack names', {}, undefined],
  ])('is believed of our own: sent by %s', (_what, sender, service) => {
    expect(readMessage({ text, metadata, ...sender }, [prod, staging], us).request.service).toBe(service);
  });

  test('is believed of nobody while it is not known who we are', () => {
    const nobody = { ...us, botId: '', botUserId: '' };
    const sent = { text, metadata, bot_id: '', user: '' };
    expect(readMessage(sent, [prod, staging], nobody).request.service).toBeUndefined();
  });
});

describe('A message is certain about its target', () => {
  test.each(sure)('that is %s', (_what, message, request) => {
    const reading = readMessage(message, [prod, staging], us);
    expect(reading).toMatchObject({ sure: true, request: { environment: 'prod', ...request } });
  });

  test('of another region of an account that it knows', () => {
    const text = 'arn:aws:ecs:eu-central-1:222222222222:service/blue/api';
    expect(readMessage({ text }, [prod, staging], us).request).toMatchObject({
      environment: 'prod',
      options: { cluster: 'blue', region: 'eu-central-1' },
    });
  });
});

describe('A message is not certain about its target', () => {
  test.each([
    ['small talk', 'good morning', {}],
    [
      'a service without a place',
      '(service api) was unable to place a task',
      { service: 'api', command: 'why-pending' },
    ],
    ['two services', 'Service: api\nService: web\nCluster: prod', { environment: 'prod' }],
    [
      'an account that nobody configured',
      'arn:aws:ecs:us-east-1:999999999999:service/x/api',
      { service: 'api' },
    ],
    ["a role's ARN in an error", 'role arn:aws:iam::222222222222:role/task is not authorized', {}],
  ])('that is %s', (_what, text, request) => {
    const reading = readMessage({ text }, [prod, staging], us);
    expect(reading.sure).toBe(false);
    expect(reading.request).toMatchObject(request);
  });

  test('whose environment the reader may not look at', () => {
    const reading = readMessage({ text: taskArn }, [staging], us);
    expect(reading.sure).toBe(false);
    expect(reading.request.environment).toBeUndefined();
  });
});

test('Hostile braces cost little', () => {
  const reading = readMessage({ text: `${'{'.repeat(9_000)}${'}'.repeat(9_000)}` }, [prod], us);
  expect(reading.sure).toBe(false);
});
