import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Home } from '../secret-references/value-from.ts';

/** A log group that something of the task writes to. */
export interface NeededGroup {
  name: string;
  region: string;
  /** Whether it is made where it is missing. */
  creates: boolean;
  /** `execution`: the awslogs driver, before the container starts. `task`: the log router, once it runs. */
  role: 'execution' | 'task';
  /** Streams begin like this; empty where no prefix is set. */
  streamPrefix: string;
  containers: string[];
}

/** Groups of the awslogs driver, and those that a log router is told to write to in plain words. */
export function groupsNeeded(definition: TaskDefinition, home: Home): NeededGroup[] {
  const all = (definition.containerDefinitions ?? []).flatMap((container) => groupOf(container, home) ?? []);
  const joined = new Map<string, NeededGroup>();
  for (const group of all) {
    const key = JSON.stringify([group.name, group.region, group.role]);
    const known = joined.get(key);
    joined.set(
      key,
      known
        ? {
            ...known,
            containers: [...known.containers, ...group.containers],
            creates: known.creates && group.creates,
          }
        : group,
    );
  }
  return [...joined.values()];
}

function groupOf({ name = '', logConfiguration }: ContainerDefinition, home: Home): NeededGroup | undefined {
  const { logDriver, options = {} } = logConfiguration ?? {};
  if (logDriver === 'awslogs') {
    const group = options['awslogs-group'];
    if (!group) return undefined;
    const prefix = options['awslogs-stream-prefix'];
    return {
      name: group,
      region: options['awslogs-region'] ?? home.region,
      creates: options['awslogs-create-group'] === 'true',
      role: 'execution',
      streamPrefix: prefix ? `${prefix}/${name}/` : '',
      containers: [name],
    };
  }
  // Fluent Bit's own plug-in is called cloudwatch_logs, the older one of AWS cloudwatch.
  if (logDriver !== 'awsfirelens' || !/^cloudwatch(?:_logs)?$/.test(options.Name ?? '')) return undefined;
  const group = options.log_group_name;
  // A name with a variable is known only to the router.
  if (!group || group.includes('$')) return undefined;
  return {
    name: group,
    region: options.region ?? home.region,
    creates: options.auto_create_group === 'true',
    role: 'task',
    streamPrefix: options.log_stream_prefix ?? '',
    containers: [name],
  };
}

/** A file system that the task mounts. */
export interface NeededVolume {
  volume: string;
  fileSystem: string;
  /** Id of the access point. */
  point?: string;
  /** Whether the mount shows the task role to EFS; without it EFS sees nobody. */
  authorized: boolean;
  encrypted: boolean;
  /** Whether every container mounts it for reading alone. */
  readOnly: boolean;
}

export function volumesNeeded({ volumes = [], containerDefinitions = [] }: TaskDefinition): NeededVolume[] {
  return volumes.flatMap(({ name = '', efsVolumeConfiguration: efs }) => {
    if (!efs?.fileSystemId) return [];
    const mounts = containerDefinitions.flatMap(({ mountPoints = [] }) =>
      mountPoints.filter(({ sourceVolume }) => sourceVolume === name),
    );
    const point = efs.authorizationConfig?.accessPointId;
    return [
      {
        volume: name,
        fileSystem: efs.fileSystemId,
        ...(point !== undefined && { point }),
        authorized: efs.authorizationConfig?.iam === 'ENABLED',
        encrypted: efs.transitEncryption === 'ENABLED',
        readOnly: mounts.length > 0 && mounts.every(({ readOnly }) => readOnly === true),
      },
    ];
  });
}
