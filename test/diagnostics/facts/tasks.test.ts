import type { Task } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { tasks } from '#diagnostics/facts/tasks.ts';
import { context } from '../checks/facts.ts';

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
