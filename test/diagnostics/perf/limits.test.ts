import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { memoryLimitOf } from '#diagnostics/perf/limits.ts';
import { definition } from '../checks/facts.ts';

const of = (containers: ContainerDefinition[], memory?: string) => ({
  ...definition(1, containers),
  ...(memory !== undefined && { memory }),
});

describe('what ends memory', () => {
  it.each([
    [
      'the size of the task',
      of([{ name: 'app' }], '1024'),
      { kind: 'task', whole: 1024, mib: 1024, percent: 100 },
    ],
    [
      'a hard limit below it',
      of([{ name: 'app', memory: 512 }], '2048'),
      { kind: 'container', container: 'app', whole: 2048, mib: 512, percent: 25 },
    ],
    [
      'a hard limit as large as the task is the task',
      of([{ name: 'app', memory: 1024 }], '1024'),
      { kind: 'task', percent: 100 },
    ],
    [
      'a helper beside it does not count',
      of(
        [
          { name: 'app', memory: 512 },
          { name: 'envoy', memory: 128 },
        ],
        '1024',
      ),
      { kind: 'container', container: 'app', percent: 50 },
    ],
    [
      'a reservation alone ends nothing',
      of([{ name: 'app', memoryReservation: 256 }]),
      { kind: 'instance', whole: 256 },
    ],
    [
      'a hard limit above a reservation lies beyond 100 %',
      of([{ name: 'app', memoryReservation: 256, memory: 512 }]),
      { kind: 'container', whole: 256, mib: 512, percent: 200 },
    ],
    ['several of the application', of([{ name: 'web' }, { name: 'jobs' }], '2048'), { kind: 'task' }],
    ['nothing said', of([{ name: 'app' }]), { kind: 'unknown' }],
    ['no definition', undefined, { kind: 'unknown' }],
  ])('%s', (_, given, limit) => {
    expect(memoryLimitOf(given)).toMatchObject(limit);
  });

  it('has no percentage where nothing in the task definition ends it', () => {
    expect(memoryLimitOf(of([{ name: 'app', memoryReservation: 256 }])).percent).toBeUndefined();
  });
});
