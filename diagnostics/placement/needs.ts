import type { Attribute, ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';

/** What one task asks of an instance. */
export interface TaskNeeds {
  /** CPU units. */
  cpu: number;
  /** MiB. */
  memory: number;
  gpus: number;
  /** Fixed host ports. */
  tcp: string[];
  udp: string[];
  awsvpc: boolean;
  attributes: Attribute[];
  /** As the instance attribute writes it; undefined where the definition does not say. */
  architecture?: string;
  os?: string;
}

/**
 * Reads the needs off a task definition. The task's own size counts where it has one, else what its containers
 * reserve: memoryReservation before memory. Source: ECS API, ContainerDefinition.memoryReservation.
 */
export function needsOf(definition: TaskDefinition): TaskNeeds {
  const containers = definition.containerDefinitions ?? [];
  const ports =
    definition.networkMode === 'awsvpc' ? [] : containers.flatMap((each) => hostPorts(each, definition));
  const { cpuArchitecture, operatingSystemFamily } = definition.runtimePlatform ?? {};
  return {
    cpu: Number(definition.cpu ?? sum(containers, ({ cpu }) => cpu ?? 0)),
    memory: Number(
      definition.memory ??
        sum(containers, ({ memoryReservation, memory }) => memoryReservation ?? memory ?? 0),
    ),
    gpus: sum(containers, gpusOf),
    tcp: ports.filter(({ udp }) => !udp).map(({ port }) => port),
    udp: ports.filter(({ udp }) => udp).map(({ port }) => port),
    awsvpc: definition.networkMode === 'awsvpc',
    attributes: definition.requiresAttributes ?? [],
    ...(cpuArchitecture && { architecture: cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64' }),
    ...(operatingSystemFamily && {
      os: operatingSystemFamily.startsWith('WINDOWS') ? 'windows' : 'linux',
    }),
  };
}

/** A host port of 0 is chosen by ECS; host mode takes the container's own port. */
function hostPorts(
  { portMappings = [] }: ContainerDefinition,
  { networkMode }: TaskDefinition,
): { port: string; udp: boolean }[] {
  return portMappings.flatMap(({ hostPort, containerPort, protocol }) => {
    const port = hostPort || (networkMode === 'host' ? containerPort : undefined);
    return port ? [{ port: String(port), udp: protocol === 'udp' }] : [];
  });
}

function gpusOf({ resourceRequirements = [] }: ContainerDefinition): number {
  return sum(resourceRequirements, ({ type, value }) => (type === 'GPU' ? Number(value) || 0 : 0));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** `1024 CPU units, 2048 MiB, host port 8080` */
export function needsInWords({ cpu, memory, gpus, tcp, udp, awsvpc }: TaskNeeds): string {
  return [
    `${cpu} CPU units`,
    `${memory} MiB`,
    ...(gpus > 0 ? [`${gpus} GPU${gpus === 1 ? '' : 's'}`] : []),
    ...(tcp.length > 0 ? [`host port ${tcp.join(', ')}`] : []),
    ...(udp.length > 0 ? [`host port ${udp.map((port) => `${port}/udp`).join(', ')}`] : []),
    ...(awsvpc ? ['a network interface'] : []),
  ].join(', ');
}
