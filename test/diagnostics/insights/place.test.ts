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
