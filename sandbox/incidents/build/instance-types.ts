import type { InstanceTypeInfo } from '@aws-sdk/client-ec2';
import type { World } from '#sandbox/aws/world.ts';

/** Network interfaces that an instance of each type can have, its own among them, as DescribeInstanceTypes answers. */
const interfaces: Record<string, number> = {
  'm7i.large': 3,
  'c7gd.large': 3,
  'g6.xlarge': 4,
  't3.medium': 3,
};

/** The world with the types of all its instances, as AWS knows every type. */
export function withInstanceTypes(world: World): World {
  const told = new Set(world.instanceTypes?.map(({ InstanceType }) => InstanceType));
  const used = world.containerInstances.flatMap(
    ({ attributes = [] }) => attributes.find(({ name }) => name === 'ecs.instance-type')?.value ?? [],
  );
  const missing = [...new Set(used)].filter((type) => !told.has(type as InstanceTypeInfo['InstanceType']));
  return {
    ...world,
    instanceTypes: [
      ...(world.instanceTypes ?? []),
      ...missing.map((type): InstanceTypeInfo => {
        const MaximumNetworkInterfaces = interfaces[type];
        if (MaximumNetworkInterfaces === undefined) throw new Error(`Add ${type} to instance-types.ts.`);
        return {
          InstanceType: type as InstanceTypeInfo['InstanceType'],
          NetworkInfo: { MaximumNetworkInterfaces },
        };
      }),
    ],
  };
}
