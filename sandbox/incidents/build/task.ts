import type { Container, HealthStatus, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Place } from '../incident.ts';
import { clusterArn, ecsArn } from './names.ts';
import { addressOf, interfaceOf, zonesOf } from './network.ts';
import { between, digits, hex, uuid } from './seeded.ts';
import { after } from './times.ts';

export interface Launch {
  definition: TaskDefinition;
  /** `service:NAME` or `family:NAME`. */
  group: string;
  startedBy: string;
  createdAt: Date;
  /** Tells the tasks of one group apart; also chooses the zone. */
  number: number;
  spot?: boolean;
  /** Whether the health command of its containers passes. */
  health?: HealthStatus;
}

/** A task on Fargate that is RUNNING, with the times that each phase takes there. */
export function runningTask(place: Place, launch: Launch): Task {
  const { definition, group, startedBy, createdAt, number } = launch;
  const seed = `${place.cluster} ${group} ${number}`;
  const id = hex(`${seed} task`, 32);
  const zone = zonesOf(place)[((number % 3) + 3) % 3] ?? zonesOf(place)[0];
  const taskArn = ecsArn(place, `task/${place.cluster}/${id}`);
  const connectivityAt = after(createdAt, between(seed, 3_100, 5_900) / 1000);
  const pullStartedAt = after(connectivityAt, between(`${seed} pull`, 6_100, 9_900) / 1000);
  const pullStoppedAt = after(pullStartedAt, between(`${seed} pulled`, 6_200, 14_800) / 1000);
  const { attachment } = interfaceOf(zone, seed);
  const healthStatus = healthOf(definition, launch.health);
  return {
    attachments: [attachment],
    attributes: [{ name: 'ecs.cpu-architecture', value: architectureOf(definition) }],
    availabilityZone: zone.name,
    capacityProviderName: launch.spot ? 'FARGATE_SPOT' : undefined,
    clusterArn: clusterArn(place),
    connectivity: 'CONNECTED',
    connectivityAt,
    containers: (definition.containerDefinitions ?? []).map((container) => ({
      containerArn: ecsArn(place, `container/${place.cluster}/${id}/${uuid(`${seed} ${container.name}`)}`),
      taskArn,
      name: container.name,
      image: container.image,
      imageDigest: digestOf(container.image),
      runtimeId: `${id}-${digits(`${seed} ${container.name}`, 10)}`,
      lastStatus: 'RUNNING',
      networkBindings: [],
      networkInterfaces: [{ attachmentId: attachment.id, privateIpv4Address: addressOf([attachment]) }],
      healthStatus: container.healthCheck ? healthStatus : 'UNKNOWN',
      cpu: String(container.cpu ?? 0),
      memory: container.memory === undefined ? undefined : String(container.memory),
      memoryReservation:
        container.memoryReservation === undefined ? undefined : String(container.memoryReservation),
    })),
    cpu: definition.cpu,
    createdAt,
    desiredStatus: 'RUNNING',
    enableExecuteCommand: false,
    ephemeralStorage: { sizeInGiB: 20 },
    fargateEphemeralStorage: { sizeInGiB: 20 },
    group,
    healthStatus,
    inferenceAccelerators: [],
    lastStatus: 'RUNNING',
    launchType: 'FARGATE',
    memory: definition.memory,
    overrides: {
      containerOverrides: (definition.containerDefinitions ?? []).map(({ name }) => ({ name })),
      inferenceAcceleratorOverrides: [],
    },
    platformFamily: 'Linux',
    platformVersion: '1.4.0',
    pullStartedAt,
    pullStoppedAt,
    startedAt: after(pullStoppedAt, between(`${seed} start`, 900, 4_800) / 1000),
    startedBy,
    tags: [],
    taskArn,
    taskDefinitionArn: definition.taskDefinitionArn,
    version: 4,
  };
}

function healthOf(definition: TaskDefinition, told: HealthStatus | undefined): HealthStatus {
  const checked = definition.containerDefinitions?.some(({ healthCheck }) => healthCheck);
  return checked ? (told ?? 'HEALTHY') : 'UNKNOWN';
}

function architectureOf(definition: TaskDefinition): string {
  return definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64';
}

export function digestOf(image: string | undefined): string {
  return `sha256:${hex(`digest ${image}`, 64)}`;
}

/** A task that ECS is still starting: it waits for its network, its secrets or its image. */
export function pendingTask(task: Task): Task {
  const { pullStartedAt: _pull, pullStoppedAt: _pulled, startedAt: _start, ...rest } = task;
  return {
    ...rest,
    lastStatus: 'PENDING',
    healthStatus: 'UNKNOWN',
    version: 2,
    containers: rest.containers?.map((container) => ({ ...asCreated(container), lastStatus: 'PENDING' })),
  };
}

/** A container that was never created has neither runtime id nor digest. */
export function asCreated(container: Container): Container {
  const { runtimeId: _runtime, imageDigest: _digest, ...rest } = container;
  return { ...rest, healthStatus: 'UNKNOWN' };
}
