import { expect, it, vi } from 'vitest';
import { type FactContext, FactFailure } from '#diagnostics/fact.ts';
import { containerInsights } from '#diagnostics/facts/perf/container-insights.ts';
import { taskMemory } from '#diagnostics/facts/perf/task-memory.ts';
import { context } from '../checks/facts.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

const row = [
  { field: '@timestamp', value: '2026-01-01 11:50:00.000' },
  { field: 'ContainerName', value: 'app' },
  { field: 'MemoryUtilized', value: '498' },
];

function loaded(status: string, results: (typeof row)[], mode = 'enabled') {
  const logs = {
    startQuery: async () => ({ queryId: 'q' }),
    getQueryResults: async () => ({ status, results }),
  };
  return taskMemory.load(
    {
      ...context,
      target: { ...context.target, task: '0123456789abcdef0123456789abcdef' },
      read: async (source: { id: string }) => (source.id === containerInsights.id ? mode : undefined),
      settle: async () => ({ ok: false, failure: new FactFailure('no', 'AccessDenied') }),
      beginning: () => ({ logs }),
      awsIn: () => ({ logs }),
      tell: () => {},
      signal: new AbortController().signal,
    } as unknown as FactContext,
    undefined,
  );
}

it.each([
  ['is told from all samples', 'Complete', [row], { kind: 'samples' }],
  ['is not known where there is no sample', 'Complete', [], { kind: 'none' }],
  [
    'is not told from some samples, of which the last need not be the last',
    'Failed',
    [row],
    { kind: 'unread', why: 'the query failed' },
  ],
  ['is not called absent where the query did not end', 'Failed', [], { kind: 'unread' }],
])('the memory of a task %s', async (_, status, results, memory) => {
  expect(await loaded(status, results)).toMatchObject(memory);
});

it('the memory of a task is asked of nobody where the cluster takes no samples', async () => {
  expect(await loaded('Complete', [row], 'disabled')).toEqual({ kind: 'off', notChecked: [] });
});
