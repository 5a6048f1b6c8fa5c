import type { ContainerDefinition, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { placeOf, streamCondition } from '#diagnostics/insights/place.ts';

const account = '222222222222';

function logging(name: string, options: Record<string, string>, logDriver = 'awslogs'): ContainerDefinition {
  return { name, logConfiguration: { logDriver: logDriver as 'awslogs', options } };
}

function definition(...containerDefinitions: ContainerDefinition[]): TaskDefinition {
  return { family: 'api', containerDefinitions };
}

const app = logging('app', {
  'awslogs-group': '/ecs/api',
  'awslogs-stream-prefix': 'ecs',
  'awslogs-region': 'eu-west-1',
});

describe('where the lines of a service are', () => {
  it('is told by the log configuration: group, region, and how streams begin', () => {
    const placed = placeOf([definition(app)], [], { account });
    if (placed.kind !== 'place') throw new Error(placed.text);
    expect(placed.place).toMatchObject({ groups: ['/ecs/api'], region: 'eu-west-1', containers: ['app'] });
    expect(streamCondition(placed.place)).toBe('@logStream like /^ecs\\/app\\//');
    expect(placed.notes).toEqual([]);
  });

  it('two containers of one group are one search, and one that logs elsewhere is named', () => {
    const proxy = logging('proxy.1', {
      'awslogs-group': '/ecs/api',
      'awslogs-stream-prefix': 'ecs',
      'awslogs-region': 'eu-west-1',
    });
    const router = logging('router', { Name: 'datadog' }, 'awsfirelens');
    const placed = placeOf([definition(app, proxy, router)], [], { account });
    if (placed.kind !== 'place') throw new Error(placed.text);
    expect(streamCondition(placed.place)).toBe('@logStream like /^(?:ecs\\/app\\/|ecs\\/proxy\\.1\\/)/');
    expect(placed.notes).toEqual(['Not in this log: router, which logs elsewhere.']);
  });

  it('a shared group is searched by prefix, and said to be one', () => {
    const shared = logging('app', { 'awslogs-group': '/platform', 'awslogs-stream-prefix': 'svc' });
    const placed = placeOf([definition(shared)], [], { account, task: 'abc' });
    if (placed.kind !== 'place') throw new Error(placed.text);
    expect(streamCondition(placed.place)).toBe('@logStream like /^svc\\/app\\/abc/');
    expect(placed.notes).toEqual([expect.stringContaining('/platform may be shared')]);
  });

  it.each<[string, string, string, RegExp | undefined]>([
    ['whose container is called as its family', 'ecs', 'api', /begin with ecs and/],
    ['of a prefix in several parts', 'team/blue', 'app', /begin with team\/blue and/],
    ['whose prefix names its family', 'api', 'api', undefined],
  ])('a shared group %s is said to be one where a prefix does not tell', (_what, prefix, name, note) => {
    const shared = logging(name, { 'awslogs-group': '/platform', 'awslogs-stream-prefix': prefix });
    const placed = placeOf([definition(shared)], [], { account });
    if (placed.kind !== 'place') throw new Error(placed.text);
    expect(placed.notes).toEqual(note === undefined ? [] : [expect.stringMatching(note)]);
  });

  it('a stream whose name has a quote in it ends no text of the query', () => {
    const place = {
      groups: ['/x'],
      region: undefined,
      containers: ['app'],
      prefixes: [],
      streams: ['a"] or 1 in [1'],
    };
    expect(streamCondition(place)).toBe(String.raw`@logStream in ["a\"] or 1 in [1"]`);
  });

  it('without a prefix streams are named after the runtime ids', () => {
    const tasks: Task[] = [
      {
        containers: [
          { name: 'app', runtimeId: 'f00' },
          { name: 'other', runtimeId: 'ba7' },
        ],
      },
    ];
    const placed = placeOf([definition(logging('app', { 'awslogs-group': '/ecs/api' }))], tasks, { account });
    if (placed.kind !== 'place') throw new Error(placed.text);
    expect(streamCondition(placed.place)).toBe('@logStream in ["f00"]');
  });

  const router = { name: 'log_router', firelensConfiguration: { type: 'fluentbit' as const } };
  const routed = (options: Record<string, string>) => ({
    ...definition(
      logging('app', { Name: 'cloudwatch_logs', region: 'eu-west-1', ...options }, 'awsfirelens'),
      router,
    ),
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:222222222222:task-definition/api:7',
  });
  const running: Task = {
    taskArn: 'arn:aws:ecs:us-east-1:222222222222:task/prod/f00dfeed',
    clusterArn: 'arn:aws:ecs:us-east-1:222222222222:cluster/prod',
  };

  it.each<[string, Record<string, string>, string, string | undefined]>([
    [
      'by the id of the task',
      { log_group_name: '/fire/api', log_stream_name: '$(ecs_task_id)' },
      '/fire/api',
      undefined,
    ],
    [
      'by its prefix and tag',
      { log_group_name: '/fire/api', log_stream_prefix: 'api/' },
      '/fire/api',
      '@logStream like /^api\\/app-firelens-/',
    ],
    [
      'by a template',
      { log_group_name: '/fire/$(ecs_cluster)', log_stream_name: 'x/$(ecs_task_id)/$(container_name)' },
      '/fire/prod',
      '@logStream like /^x\\//',
    ],
    [
      'by one name for all',
      { log_group_name: '/fire/api', log_stream_name: 'everything' },
      '/fire/api',
      '@logStream in ["everything"]',
    ],
  ])('where FireLens takes them to CloudWatch it is known %s', (_how, options, group, condition) => {
    const placed = placeOf([routed(options)], [running], { account, container: 'app' });
    if (placed.kind !== 'place') throw new Error(placed.text);
    expect(placed.place).toMatchObject({ groups: [group], region: 'eu-west-1', containers: ['app'] });
    expect(streamCondition(placed.place)).toBe(condition);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'depends on the record',
      { log_group_name: '/x', log_stream_name: '$(field)' },
      /^app logs with awsfirelens/,
    ],
    [
      'has the id of the task in the group',
      { log_group_name: '/$(ecs_task_id)', log_stream_name: 'x' },
      /awsfirelens/,
    ],
  ])('where what FireLens writes to %s it is not known', (_what, options, text) => {
    const placed = placeOf([routed(options)], [running], { account, container: 'app' });
    expect(placed.kind === 'elsewhere' && placed.text).toMatch(text);
  });

  it('of FireLens with streams called as the tasks, one task is kept to by its id', () => {
    const options = { log_group_name: '/fire/api', log_stream_name: '$(ecs_task_id)' };
    const placed = placeOf([routed(options)], [running], { account, container: 'app', task: 'f00dfeed' });
    if (placed.kind !== 'place') throw new Error(placed.text);
    expect(streamCondition(placed.place)).toBe('@logStream like /^f00dfeed/');
  });

  it('of FireLens with one stream for all, one task cannot be told apart, and that is said', () => {
    const options = { log_group_name: '/fire/api', log_stream_name: 'everything' };
    const placed = placeOf([routed(options)], [running], { account, container: 'app', task: 'f00dfeed' });
    expect(placed.kind === 'place' && placed.notes).toEqual([
      expect.stringContaining('cannot be told apart'),
    ]);
  });

  it.each([
    ['the log is elsewhere', definition(logging('app', {}, 'splunk')), {}, /^app logs with splunk/],
    [
      'there is no such container',
      definition(app),
      { container: 'web' },
      /no task of it has a container web: there is app/,
    ],
    ['nothing is known', definition(), {}, /no task definition could be read/],
    [
      'the group is of another account',
      definition(
        logging('app', { 'awslogs-group': 'arn:aws:logs:us-east-1:999999999999:log-group:/central' }),
      ),
      {},
      /belongs to account 999999999999/,
    ],
  ])('%s', (_name, revision, narrow, text) => {
    const placed = placeOf([revision], [], { account, ...narrow });
    expect(placed.kind === 'elsewhere' && placed.text).toMatch(text);
  });
});
