import type { Service, Task } from '@aws-sdk/client-ecs';
import { expect, test } from 'vitest';
import type { World } from '#sandbox/aws/world.ts';
import { apiOutOfMemory } from '#sandbox/incidents/api-out-of-memory.ts';
import { mergeWorlds } from '#sandbox/incidents/build/merge.ts';
import { places } from '#sandbox/incidents/index.ts';
import { faultsOf } from './consistency.ts';

const now = new Date('2026-11-24T14:41:07.318Z');

/** The world of api with one thing changed. */
function spoilt(change: (world: World) => Partial<World>): World {
  const world = mergeWorlds([apiOutOfMemory.world(now, places.prod)]);
  return { ...world, ...change(world) };
}

function task(find: (task: Task) => boolean, change: Partial<Task>) {
  return (world: World) => ({ tasks: world.tasks.map((one) => (find(one) ? { ...one, ...change } : one)) });
}

function service(change: Partial<Service>) {
  return (world: World) => ({ services: world.services.map((one) => ({ ...one, ...change })) });
}

const isKilled = (one: Task) => one.stopCode === 'EssentialContainerExited';
const isRunning = (one: Task) => one.lastStatus === 'RUNNING';

test.each<[string, (world: World) => Partial<World>, RegExp]>([
  [
    'a task that ECS has long forgotten',
    task(isKilled, { stoppedAt: new Date(now.getTime() - 7_200_000) }),
    /forgotten/,
  ],
  ['times in the wrong order', task(isRunning, { connectivityAt: now }), /out of order/],
  ['a stop without a reason', task(isKilled, { stoppedReason: undefined }), /without code or reason/],
  [
    'a process that never started, with an exit code',
    task(isKilled, { stopCode: 'TaskFailedToStart' }),
    /exit code without/,
  ],
  ['a task of no deployment', task(isRunning, { startedBy: 'ecs-svc/0000000000000000000' }), /not listed/],
  ['a count that is not the number of tasks', service({ runningCount: 2 }), /runs 1, says 2/],
  [
    'events that are not newest first',
    (world) => ({ services: world.services.map((one) => ({ ...one, events: one.events?.toReversed() })) }),
    /newest first/,
  ],
  ['a revision that is not there', () => ({ taskDefinitions: [] }), /task definition is not there/],
  ['a target that is no task', task(isRunning, { attachments: [] }), /is no task/],
  [
    'an ARN of the other account',
    service({ roleArn: 'arn:aws:iam::333333333333:role/x' }),
    /leads elsewhere/,
  ],
  [
    'a log line from the future',
    (world) => ({
      logGroups: world.logGroups.map((group) => ({
        ...group,
        streams: group.streams.map((stream) => ({
          ...stream,
          events: [{ at: new Date(now.getTime() + 1), message: 'x' }],
        })),
      })),
    }),
    /from the future/,
  ],
])('%s is found', (_what, change, fault) => {
  expect(faultsOf(spoilt(change), now, places.prod).join('\n')).toMatch(fault);
});
