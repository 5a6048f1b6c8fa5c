import type { ContainerInstance, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { ecsArn } from './names.ts';
import { zonesOf } from './network.ts';
import { hex } from './seeded.ts';

interface Instance {
  type?: string;
  registeredAt: Date;
  /** Counted from 0; also chooses the zone. */
  number: number;
  connected?: boolean;
  gpus?: number;
}

/** A container instance with the agent of its time. */
export function instanceOf(place: Place, of: string, told: Instance): ContainerInstance {
  const { type = 'm7i.large', number, registeredAt, connected = true, gpus } = told;
  const seed = `${place.cluster} ${of} instance ${number}`;
  const zone = zonesOf(place)[number % 3] ?? zonesOf(place)[0];
  const resources = [
    { name: 'CPU', type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: 2048 },
    { name: 'MEMORY', type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: 7763 },
    {
      name: 'PORTS',
      type: 'STRINGSET',
      doubleValue: 0,
      longValue: 0,
      integerValue: 0,
      stringSetValue: ['22', '2376', '2375', '51678', '51679'],
    },
    ...(gpus === undefined
      ? []
      : [
          {
            name: 'GPU',
            type: 'STRINGSET',
            doubleValue: 0,
            longValue: 0,
            integerValue: 0,
            stringSetValue: Array.from({ length: gpus }, (_, gpu) => `GPU-${hex(`${seed} ${gpu}`, 32)}`),
          },
        ]),
  ];
  return {
    containerInstanceArn: ecsArn(place, `container-instance/${place.cluster}/${hex(seed, 32)}`),
    ec2InstanceId: `i-0${hex(`${seed} ec2`, 16)}`,
    version: 7,
    versionInfo: { agentVersion: '1.102.0', agentHash: '3f2c9a11', dockerVersion: 'DockerVersion: 25.0.13' },
    remainingResources: resources,
    registeredResources: resources,
    status: 'ACTIVE',
    agentConnected: connected,
    runningTasksCount: 0,
    pendingTasksCount: 0,
    attributes: [
      { name: 'ecs.availability-zone', value: zone.name },
      { name: 'ecs.instance-type', value: type },
      { name: 'ecs.os-type', value: 'linux' },
      { name: 'ecs.cpu-architecture', value: 'x86_64' },
      { name: 'ecs.subnet-id', value: zone.subnet },
    ],
    registeredAt,
    attachments: [],
    tags: [],
  };
}

/**
 * A world told for Fargate as the same one on EC2 with bridge networks: its tasks run on the instances in turn.
 * Only worlds of one service without a load balancer.
 */
export function onInstances(
  world: Partial<World>,
  instances: readonly [ContainerInstance, ...ContainerInstance[]],
): Partial<World> {
  const tasks = (world.tasks ?? []).map((task, index) =>
    onInstance(task, instances[index % instances.length] ?? instances[0]),
  );
  const bare = <T extends object>(holder: T): T => {
    const {
      platformVersion: _v,
      platformFamily: _f,
      networkConfiguration: _n,
      ...rest
    } = holder as T & Service;
    return { ...rest, launchType: 'EC2' } as unknown as T;
  };
  return {
    ...world,
    tasks,
    services: world.services?.map((service) => ({
      ...bare(service),
      deployments: service.deployments?.map(bare),
    })),
    serviceRevisions: world.serviceRevisions?.map(bare),
    taskDefinitions: world.taskDefinitions?.map(forBridge),
    containerInstances: instances.map((instance) => {
      const own = tasks.filter(
        ({ containerInstanceArn, desiredStatus }) =>
          containerInstanceArn === instance.containerInstanceArn && desiredStatus === 'RUNNING',
      );
      const runningTasksCount = own.filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
      return { ...instance, runningTasksCount, pendingTasksCount: own.length - runningTasksCount };
    }),
  };
}

function forBridge(definition: TaskDefinition): TaskDefinition {
  return {
    ...definition,
    networkMode: 'bridge',
    compatibilities: ['EC2'],
    requiresCompatibilities: ['EC2'],
    requiresAttributes: definition.requiresAttributes?.filter(
      ({ name }) => name !== 'ecs.capability.task-eni',
    ),
  };
}

function onInstance(task: Task, instance: ContainerInstance): Task {
  const {
    platformVersion: _version,
    platformFamily: _family,
    ephemeralStorage: _storage,
    fargateEphemeralStorage: _fargate,
    ...rest
  } = task;
  return {
    ...rest,
    attachments: [],
    availabilityZone: instance.attributes?.find(({ name }) => name === 'ecs.availability-zone')?.value,
    containerInstanceArn: instance.containerInstanceArn,
    launchType: 'EC2',
    containers: task.containers?.map((container) => ({
      ...container,
      networkInterfaces: [],
      runtimeId: container.runtimeId && hex(`${container.runtimeId} docker`, 64),
    })),
  };
}
