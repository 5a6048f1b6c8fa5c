import type { Service, Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { tasks } from '#diagnostics/facts/tasks.ts';
import { context, deployment, minutesAgo, service } from '../checks/facts.ts';

const arns = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index) => `arn:${kind}/${index}`);

/** ECS with so many stopped and running tasks; `described` is what it was asked to describe. */
function ecsOf(stops: number, running: number) {
  const described: string[][] = [];
  const describeTasks = async ({ tasks: asked }: { tasks: string[] }) => {
    described.push(asked);
    const status = (arn: string) => (arn.startsWith('arn:stopped') ? 'STOPPED' : 'RUNNING');
    const found: Task[] = asked.map((arn) => ({
      taskArn: arn,
      lastStatus: status(arn),
      desiredStatus: status(arn),
    }));
    return { tasks: found };
  };
  const facts: Record<string, unknown> = {
    'stopped-task-list': { arns: arns('stopped', stops), complete: true },
    'running-task-list': { arns: arns('running', running), complete: true },
  };
  const read = async ({ id }: { id: string }) => facts[id];
  const settle = async () => ({ ok: true, value: undefined });
  const given = { ...context, read, settle, aws: { ecs: { describeTasks } } } as unknown as FactContext;
  return { described, load: () => tasks.load(given, undefined) };
}

it.each([
  ['few of both are all described', 20, 10, 20, 10],
  ['stops without end leave room for the running tasks, with which they are compared', 500, 40, 260, 40],
  ['many of both share the room', 500, 500, 200, 100],
  ['many running and few stops', 5, 500, 5, 295],
])('%s', async (_, stops, alive, stopsSeen, aliveSeen) => {
  const { described, load } = ecsOf(stops, alive);
  const found = await load();
  expect([found.stopped.length, found.running.length]).toEqual([stopsSeen, aliveSeen]);
  expect([found.listed, found.looked]).toEqual([stops, stopsSeen]);
  expect(found.runningComplete).toBe(alive === aliveSeen);
  expect(described.length).toBeLessThanOrEqual(3);
});

describe('an empty list of stopped tasks', () => {
  const of = (id: string, group: string): Task => ({
    taskArn: `arn:stopped/${id}`,
    group: `service:${group}`,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
  });

  /** ECS that leaves stops out by service name and has these by family. */
  async function look(described: Service, byFamily: Task[]) {
    const asked: string[] = [];
    const listTasks = async ({ family = '' }) => {
      asked.push(family);
      return { taskArns: byFamily.map(({ taskArn = '' }) => taskArn) };
    };
    const describeTasks = async ({ tasks: arns }: { tasks: string[] }) => ({
      tasks: byFamily.filter(({ taskArn = '' }) => arns.includes(taskArn)),
    });
    const given = {
      ...context,
      read: async () => ({ arns: [], complete: true }),
      settle: async () => ({ ok: true, value: described }),
      aws: { ecs: { listTasks, describeTasks } },
    } as unknown as FactContext;
    return { asked, found: await tasks.load(given, undefined) };
  }
  const stops = (ago: number) => ({
    createdAt: minutesAgo(ago),
    message: '(service api) has stopped 2 running tasks: (task 0abc) (task 1abc).',
  });

  it.each<[string, Service, string[]]>([
    ['and failed tasks', service({ deployments: [deployment({ failedTasks: 2 })] }), ['api']],
    ['and an event of stops', service({ events: [stops(20)] }), ['api']],
    ['and an event of stops that ECS has forgotten', service({ events: [stops(90)] }), []],
    ['and nothing that speaks of stops', service(), []],
  ])('%s', async (_, described, families) => {
    expect((await look(described, [])).asked).toEqual(families);
  });

  it('counts only the tasks of the service, of all that the family has', async () => {
    const { found } = await look(service({ events: [stops(20)] }), [
      of('a', 'api'),
      of('b', 'worker'),
      of('c', 'worker'),
    ]);
    expect([found.stopped.length, found.listed, found.looked, found.complete]).toEqual([1, 1, 1, true]);
  });
});
