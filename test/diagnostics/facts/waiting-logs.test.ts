import type { Container, Task } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { waitingLogs } from '#diagnostics/facts/waiting-logs.ts';
import { definition, minutesAgo, now, revision, running, tasksOf } from '../checks/facts.ts';

const logConfiguration = {
  logDriver: 'awslogs' as const,
  options: { 'awslogs-group': '/ecs/api', 'awslogs-stream-prefix': 'ecs' },
};
const containers = [
  { name: 'schema', logConfiguration },
  { name: 'seed', logConfiguration },
  {
    name: 'app',
    dependsOn: [
      { containerName: 'schema', condition: 'SUCCESS' as const },
      { containerName: 'seed', condition: 'SUCCESS' as const },
    ],
  },
];
const runs = (name: string): Container => ({ name, lastStatus: 'RUNNING' });
const ended = (name: string): Container => ({ name, lastStatus: 'STOPPED', exitCode: 0 });

function creating(id: string, ...inits: Container[]): Task {
  return running({
    taskArn: `arn:aws:ecs:us-east-1:222222222222:task/prod/${id}`,
    taskDefinitionArn: revision(2),
    lastStatus: 'PENDING',
    pullStoppedAt: minutesAgo(18 - Number(id)),
    containers: [...inits, { name: 'app', lastStatus: 'PENDING' }],
  });
}

async function read(tasks: Task[]) {
  const streams: string[] = [];
  const getLogEvents = async ({ logStreamName = '' }) => {
    streams.push(logStreamName);
    return { events: [{ timestamp: now.getTime(), message: 'working' }] };
  };
  const facts: Record<string, unknown> = {
    tasks: tasksOf([], tasks),
    'task-definitions': { [revision(2)]: definition(2, containers) },
  };
  const context = {
    scope: { now },
    read: async ({ id }: { id: string }) => facts[id],
    awsIn: () => ({ logs: { getLogEvents } }),
  } as unknown as FactContext;
  const tails = await waitingLogs.load(context, undefined);
  return { streams, tails: tails.map(({ task, container }) => `${task} ${container}`) };
}

it('every container that a waiting task waits for has its log read, once', async () => {
  const { tails, streams } = await read([creating('1', runs('schema'), runs('seed'))]);
  expect(tails).toEqual(['1 schema', '1 seed']);
  expect(streams).toHaveLength(2);
});

it('so it is of three tasks, those that have waited longest', async () => {
  const tasks = ['4', '3', '2', '1'].map((id) => creating(id, ended('schema'), runs('seed')));
  expect((await read(tasks)).tails).toEqual(['1 seed', '2 seed', '3 seed']);
});

it('no log is read where nothing waits', async () => {
  expect((await read([creating('1', ended('schema'), ended('seed'))])).streams).toEqual([]);
});
