import type { ContainerInstance, TaskDefinition } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { candidateOf, type FitContext, type LackKind } from '#diagnostics/placement/fit.ts';
import { histogramOf } from '#diagnostics/placement/histogram.ts';
import { needsOf } from '#diagnostics/placement/needs.ts';

const context: FitContext = { constraints: [], taken: [], zones: [], interfaces: {} };

function instance(
  more: Partial<ContainerInstance> = {},
  left: { cpu?: number; memory?: number } = {},
): ContainerInstance {
  return {
    containerInstanceArn: 'arn:one',
    ec2InstanceId: 'i-1',
    status: 'ACTIVE',
    agentConnected: true,
    attributes: [
      { name: 'ecs.availability-zone', value: 'us-east-1a' },
      { name: 'ecs.instance-type', value: 'c5.large' },
      { name: 'ecs.os-type', value: 'linux' },
      { name: 'ecs.cpu-architecture', value: 'x86_64' },
      { name: 'ecs.capability.task-eni' },
    ],
    remainingResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: left.cpu ?? 2048 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: left.memory ?? 4096 },
      { name: 'PORTS', type: 'STRINGSET', stringSetValue: ['22', '8080'] },
      { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: ['53'] },
    ],
    ...more,
  };
}

const small: TaskDefinition = {
  cpu: '256',
  memory: '512',
  networkMode: 'bridge',
  containerDefinitions: [{ name: 'app' }],
};
const port = (hostPort: number, protocol: 'tcp' | 'udp' = 'tcp'): TaskDefinition => ({
  ...small,
  containerDefinitions: [{ name: 'app', portMappings: [{ containerPort: 80, hostPort, protocol }] }],
});
const eniOf = (status: string) => ({ type: 'ElasticNetworkInterface', status });
const awsvpc: TaskDefinition = { ...small, networkMode: 'awsvpc' };
const withEnis = (...statuses: string[]) => instance({ attachments: statuses.map(eniOf) });

describe('what an instance lacks for a task', () => {
  it.each<[string, ContainerInstance, TaskDefinition, Partial<FitContext>, LackKind[]]>([
    ['nothing', instance(), small, {}, []],
    ['being ACTIVE', instance({ status: 'DRAINING' }), small, {}, ['inactive']],
    ['a connected agent', instance({ agentConnected: false }), small, {}, ['agent']],
    ['memory', instance({}, { memory: 511 }), small, {}, ['memory']],
    ['memory to the last MiB it has', instance({}, { memory: 512 }), small, {}, []],
    ['CPU', instance({}, { cpu: 255 }), small, {}, ['cpu']],
    ['a host port that is in use', instance(), port(8080), {}, ['port']],
    ['a port that ECS may choose', instance(), port(0), {}, []],
    ['the same number in UDP, which is another port', instance(), port(8080, 'udp'), {}, []],
    ['a UDP port that is in use', instance(), port(53, 'udp'), {}, ['port']],
    [
      'the port of the container in host mode',
      instance(),
      { ...small, networkMode: 'host', containerDefinitions: [{ portMappings: [{ containerPort: 8080 }] }] },
      {},
      ['port'],
    ],
    [
      'a GPU',
      instance(),
      { ...small, containerDefinitions: [{ resourceRequirements: [{ type: 'GPU', value: '1' }] }] },
      {},
      ['gpu'],
    ],
    [
      'the CPU that the image is built for',
      instance(),
      { ...small, runtimePlatform: { cpuArchitecture: 'ARM64' } },
      {},
      ['platform'],
    ],
    [
      'the system',
      instance(),
      { ...small, runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } },
      {},
      ['platform'],
    ],
    [
      'an attribute',
      instance(),
      { ...small, requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.logging-driver.splunk' }] },
      {},
      ['attribute'],
    ],
    ['a zone of the subnets', instance(), awsvpc, { zones: ['us-east-1b'] }, ['zone']],
    ['no zone where the task has no network of its own', instance(), small, { zones: ['us-east-1b'] }, []],
    [
      'an interface',
      withEnis('ATTACHED', 'ATTACHED'),
      awsvpc,
      { interfaces: { 'c5.large': 3 } },
      ['interface'],
    ],
    [
      'none, where one is being given back',
      withEnis('ATTACHED', 'DELETED'),
      awsvpc,
      { interfaces: { 'c5.large': 3 } },
      [],
    ],
    [
      'an interface that a task of the service holds, though ECS lists none as attached',
      instance({ runningTasksCount: 2 }),
      awsvpc,
      { interfaces: { 'c5.large': 3 }, own: { 'arn:one': 2 } },
      ['interface'],
    ],
    [
      'nothing that is known, where a trunk multiplies the interfaces',
      instance({
        attributes: [...(instance().attributes ?? []), { name: 'ecs.awsvpc-trunk-id', value: 'eni-1' }],
        attachments: ['ATTACHED', 'ATTACHED'].map(eniOf),
      }),
      awsvpc,
      { interfaces: { 'c5.large': 3 } },
      [],
    ],
    [
      'what the constraint asks for',
      instance(),
      small,
      { constraints: [{ expression: 'attribute:tier == web', instances: ['arn:other'], complete: true }] },
      ['constraint'],
    ],
    [
      'nothing, where the list of what the constraint admits was not read to its end',
      instance(),
      small,
      { constraints: [{ expression: 'attribute:tier == web', instances: ['arn:other'], complete: false }] },
      [],
    ],
    ['being free of this service', instance(), small, { taken: ['arn:one'] }, ['distinct']],
    ['two things', instance({}, { cpu: 0, memory: 0 }), small, {}, ['memory', 'cpu']],
  ])('%s', (_, given, definition, more, kinds) => {
    const { lacks } = candidateOf(given, needsOf(definition), { ...context, ...more });
    expect(lacks.map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('the needs of a task', () => {
  it('are the sum of its containers where it has no size, memoryReservation before memory', () => {
    const { cpu, memory } = needsOf({
      containerDefinitions: [
        { cpu: 100, memory: 1024, memoryReservation: 256 },
        { cpu: 50, memory: 128 },
      ],
    });
    expect([cpu, memory]).toEqual([150, 384]);
  });

  it('are its own size where it has one', () => {
    const { cpu, memory } = needsOf({
      cpu: '512',
      memory: '2048',
      containerDefinitions: [{ cpu: 100, memory: 64 }],
    });
    expect([cpu, memory]).toEqual([512, 2048]);
  });
});

describe('the histogram', () => {
  const needs = needsOf({ cpu: '1024', memory: '2048', containerDefinitions: [] });
  const all = [
    instance({ ec2InstanceId: 'i-a' }, { cpu: 100, memory: 100 }),
    instance({ ec2InstanceId: 'i-b' }, { cpu: 200, memory: 100 }),
    instance({ ec2InstanceId: 'i-c' }, { memory: 1500 }),
    instance({ ec2InstanceId: 'i-d' }, { memory: 1800 }),
  ].map((each) => candidateOf(each, needs, context));

  it('puts first what alone stands in the way, and names the instance that is nearest', () => {
    const [memory, cpu] = histogramOf(all);
    expect(memory).toMatchObject({ kind: 'memory', count: 4, only: 2 });
    expect(memory?.best.candidate.instance.ec2InstanceId).toBe('i-d');
    expect(cpu).toMatchObject({ kind: 'cpu', count: 2, only: 0 });
    expect(cpu?.best.candidate.instance.ec2InstanceId).toBe('i-b');
  });

  it('is empty where an instance fits', () => {
    expect(histogramOf([candidateOf(instance(), needsOf(small), context)])).toEqual([]);
  });
});
