import { describe, expect, it } from 'vitest';
import { containersOf, samplesQuery } from '#diagnostics/perf/task-samples.ts';
import { taskMemoryHeadline, taskMemoryLines } from '#diagnostics/perf-words.ts';
import type { TaskMemory } from '#diagnostics/task-memory-details.ts';
import { definition } from '../checks/facts.ts';

const sample = (minute: number, ContainerName: string, used: number, reserved = 512) => ({
  '@timestamp': `2026-01-01 11:${String(minute).padStart(2, '0')}:00.000`,
  ContainerName,
  MemoryUtilized: String(used),
  MemoryReserved: String(reserved),
});
const rows = [
  sample(52, 'envoy', 61, 0),
  sample(52, 'app', 498),
  sample(40, 'app', 210),
  sample(51, 'app', 470),
  sample(40, 'envoy', 60, 0),
];
const memory = (more: Partial<TaskMemory> = {}): TaskMemory => ({
  task: '3f2a9c1be4d04c7f8a1b2c3d4e5f6a7b',
  state: 'stopped',
  stoppedAt: '2026-01-01T11:52:40.000Z',
  containers: containersOf(rows, definition(1, [{ name: 'app', memory: 512 }, { name: 'envoy' }])),
  from: '2026-01-01T11:37:40.000Z',
  to: '2026-01-01T11:54:40.000Z',
  ...more,
});

describe('the samples of a task', () => {
  it('are told by container, the one nearest to its limit first', () => {
    expect(memory().containers).toMatchObject([
      { name: 'app', last: 498, grew: 288, highest: 498, limit: 512, samples: 3 },
      { name: 'envoy', last: 61, grew: 1, samples: 2 },
    ]);
  });

  it('have what is reserved where no limit is known', () => {
    expect(containersOf(rows, undefined)[0]).toMatchObject({ name: 'app', reserved: 512 });
    expect(containersOf(rows, undefined)[1]).not.toHaveProperty('reserved');
  });

  it('that say nothing of memory are none, and not a use of nothing', () => {
    const { MemoryUtilized: _, ...silent } = sample(53, 'app', 0);
    expect(containersOf([...rows, silent], undefined)[0]).toMatchObject({
      name: 'app',
      last: 498,
      samples: 3,
    });
  });

  it('of nothing are none', () => {
    expect(containersOf([], undefined)).toEqual([]);
    expect(taskMemoryLines(memory({ containers: [] }))).toEqual([]);
  });

  it('say how long before the end the last one was taken', () => {
    expect(taskMemoryHeadline(memory())).toBe(
      'task 3f2a9c1b: app used 498 of 512 MiB (97 %), 40 seconds before it stopped',
    );
  });

  it('are asked for by an id that cannot end its string', () => {
    expect(samplesQuery('x" or TaskId like "')).toContain('TaskId = "xorTaskIdlike"');
  });
});
