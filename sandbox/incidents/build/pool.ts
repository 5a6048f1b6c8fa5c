import type { Activity, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { CapacityProvider, ContainerInstance, TaskDefinition } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { ecsArn } from './names.ts';
import { zonesOf } from './network.ts';
import { uuid } from './seeded.ts';
import { after } from './times.ts';

interface PoolStory {
  /** Also the name of its Auto Scaling group, with `-ecs` behind it. */
  name: string;
  sizes: { min: number; max: number; desired: number };
  instances: readonly ContainerInstance[];
  /** Newest first. */
  activities?: readonly Activity[];
  createdAt: Date;
}

/** A capacity provider with its Auto Scaling group and its instances. */
export function poolOf(place: Place, story: PoolStory): Partial<World> {
  const { name, sizes, instances, activities = [], createdAt } = story;
  const group = `${name}-ecs`;
  const arn = `arn:aws:autoscaling:${place.region}:${place.account}:autoScalingGroup:${uuid(group)}:autoScalingGroupName/${group}`;
  const provider: CapacityProvider = {
    capacityProviderArn: ecsArn(place, `capacity-provider/${name}`),
    name,
    status: 'ACTIVE',
    autoScalingGroupProvider: {
      autoScalingGroupArn: arn,
      managedScaling: {
        status: 'ENABLED',
        targetCapacity: 100,
        minimumScalingStepSize: 1,
        maximumScalingStepSize: 10,
        instanceWarmupPeriod: 300,
      },
      managedTerminationProtection: 'DISABLED',
      managedDraining: 'ENABLED',
    },
    tags: [],
  };
  const scaling: AutoScalingGroup = {
    AutoScalingGroupName: group,
    AutoScalingGroupARN: arn,
    MinSize: sizes.min,
    MaxSize: sizes.max,
    DesiredCapacity: sizes.desired,
    DefaultCooldown: 300,
    AvailabilityZones: zonesOf(place).map((zone) => zone.name),
    HealthCheckType: 'EC2',
    CreatedTime: createdAt,
    Instances: instances.map((instance) => ({
      InstanceId: instance.ec2InstanceId ?? '',
      AvailabilityZone: attributeOf(instance, 'ecs.availability-zone'),
      InstanceType: attributeOf(instance, 'ecs.instance-type'),
      LifecycleState: 'InService',
      HealthStatus: 'Healthy',
      ProtectedFromScaleIn: false,
    })),
    SuspendedProcesses: [],
  };
  return {
    capacityProviders: [provider],
    autoScalingGroups: [scaling],
    scalingActivities: activities.map((activity) => ({ ...activity, AutoScalingGroupName: group })),
    containerInstances: instances.map((instance) => ({ ...instance, capacityProviderName: name })),
  };
}

function attributeOf({ attributes = [] }: ContainerInstance, name: string): string {
  return attributes.find((own) => own.name === name)?.value ?? '';
}

/** A try to launch that EC2 refused. */
export function failedLaunch(at: Date, why: string): Activity {
  return {
    ActivityId: uuid(`launch ${at.toISOString()}`),
    AutoScalingGroupName: '',
    Description: `Launching a new EC2 instance.  Status Reason: ${why} Launching EC2 instance failed.`,
    Cause: `At ${at.toISOString()} an instance was started in response to a difference between desired and actual capacity, increasing the capacity.`,
    StartTime: at,
    EndTime: after(at, 1.2),
    StatusCode: 'Failed',
    StatusMessage: `${why} Launching EC2 instance failed.`,
    Progress: 100,
  };
}

interface Filled {
  /** CPU units and MiB that are left. */
  cpu: number;
  memory: number;
  attributes?: readonly { name: string; value?: string }[];
}

/** The instance with everything the definition asks of its agent, and only so much left. */
export function filled(
  instance: ContainerInstance,
  definition: TaskDefinition,
  left: Filled,
): ContainerInstance {
  return {
    ...instance,
    attributes: [
      ...(instance.attributes ?? []),
      ...(definition.requiresAttributes ?? []),
      ...(left.attributes ?? []),
    ],
    remainingResources: instance.remainingResources?.map((resource) => {
      if (resource.name === 'CPU') return { ...resource, integerValue: left.cpu };
      if (resource.name === 'MEMORY') return { ...resource, integerValue: left.memory };
      return resource;
    }),
  };
}

/** A world told for EC2 whose service asks a capacity provider for its instances. */
export function throughProvider(world: Partial<World>, provider: string): Partial<World> {
  const strategy = [{ capacityProvider: provider, weight: 1, base: 0 }];
  const changed = <T extends object>(holder: T): T => {
    const { launchType: _launchType, ...rest } = holder as T & { launchType?: string };
    return { ...rest, capacityProviderStrategy: strategy } as unknown as T;
  };
  return {
    ...world,
    services: world.services?.map((service) => ({
      ...changed(service),
      deployments: service.deployments?.map(changed),
    })),
    serviceRevisions: world.serviceRevisions?.map(changed),
    tasks: world.tasks?.map((task) => ({ ...task, capacityProviderName: provider })),
  };
}
