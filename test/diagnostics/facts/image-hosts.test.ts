import type { ContainerInstance, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { FactContext } from '#diagnostics/fact.ts';
import { imageHosts } from '#diagnostics/facts/image/image-hosts.ts';
import { definition, revision, running, service, tasksOf } from '../checks/facts.ts';

function instance(name: string, architecture: string, more: ContainerInstance = {}): ContainerInstance {
  return {
    containerInstanceArn: name,
    status: 'ACTIVE',
    attributes: [
      { name: 'ecs.os-type', value: 'linux' },
      { name: 'ecs.cpu-architecture', value: architecture },
    ],
    ...more,
  };
}

interface Given {
  asks?: Partial<TaskDefinition>;
  /** Container instances that tasks of the revision were placed on. */
  placed?: string[];
  cluster: ContainerInstance[];
  provider?: string;
}

async function hostsOf({ asks, placed = [], cluster, provider }: Given) {
  const tasks = placed.map((containerInstanceArn) =>
    running({ taskDefinitionArn: revision(2), containerInstanceArn }),
  );
  const values: Record<string, unknown> = {
    'judged-revision': { definition: { ...definition(2), ...asks } },
    tasks: tasksOf([], tasks),
    service: service(provider ? { capacityProviderStrategy: [{ capacityProvider: provider }] } : {}),
    'container-instances': { instances: cluster, complete: true },
    'container-instances-by-id': cluster.filter(({ containerInstanceArn = '' }) =>
      placed.includes(containerInstanceArn),
    ),
  };
  const context = {
    read: async ({ id }: { id: string }) => values[id],
    target: { service: 'api' },
  } as object as FactContext;
  const { instances, from } = await imageHosts.load(context, undefined as never);
  return { from, names: instances.map(({ containerInstanceArn }) => containerInstanceArn) };
}

describe('the instances that an image is to run on', () => {
  const x86 = instance('x86', 'x86_64');
  const arm = instance('arm', 'arm64');
  const cluster = [x86, arm];
  it.each<[string, Given, { from: string; names: string[] }]>([
    ['those of its tasks', { cluster, placed: ['arm'] }, { from: 'tasks', names: ['arm'] }],
    ['all of the cluster where none was placed', { cluster }, { from: 'cluster', names: ['x86', 'arm'] }],
    [
      'none that drains',
      { cluster: [x86, instance('old', 'arm64', { status: 'DRAINING' })] },
      { from: 'cluster', names: ['x86'] },
    ],
    [
      'those of its capacity provider',
      { cluster: [x86, { ...arm, capacityProviderName: 'graviton' }], provider: 'graviton' },
      { from: 'cluster', names: ['arm'] },
    ],
    [
      'those with the processor that it asks for',
      { cluster, asks: { runtimePlatform: { cpuArchitecture: 'ARM64' } } },
      { from: 'cluster', names: ['arm'] },
    ],
    [
      'those with the attributes that it needs',
      {
        cluster: [x86, { ...arm, attributes: [...(arm.attributes ?? []), { name: 'com.example.disk' }] }],
        asks: { requiresAttributes: [{ name: 'com.example.disk' }] },
      },
      { from: 'cluster', names: ['arm'] },
    ],
  ])('%s', async (_, given, expected) => {
    expect(await hostsOf(given)).toEqual(expected);
  });
});
