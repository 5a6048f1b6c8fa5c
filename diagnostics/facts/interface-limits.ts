import type { _InstanceType } from '@aws-sdk/client-ec2';
import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { defineFact } from '../fact.ts';
import { attribute } from '../placement/fit.ts';
import { containerInstances } from './container-instances.ts';
import { service } from './service.ts';
import { deployedTaskDefinitions } from './task-definitions.ts';

/**
 * How many network interfaces an instance of each type can have. Read only where awsvpc tasks look for room on
 * instances without a trunk: it takes a fourth round trip, and nothing else needs it.
 */
export const interfaceLimits = defineFact<Record<string, number>>({
  id: 'interface-limits',
  what: 'how many network interfaces the instances can have',
  actions: ['ec2:DescribeInstanceTypes'],
  async load({ read, settle, aws }) {
    const described = await read(service);
    const definitions = await settle(deployedTaskDefinitions);
    const primary = definitions.ok ? definitions.value[described?.taskDefinition ?? ''] : undefined;
    if (primary?.networkMode !== 'awsvpc') return {};
    const known = await read(containerInstances);
    const bare = (known?.instances ?? []).filter(
      (instance) => attribute(instance, 'ecs.awsvpc-trunk-id') === undefined && isUsed(instance),
    );
    const types = [...new Set(bare.map((instance) => attribute(instance, 'ecs.instance-type')))];
    const names = types.filter((type) => type !== undefined) as _InstanceType[];
    if (names.length === 0) return {};
    const answer = await aws.ec2.describeInstanceTypes({ InstanceTypes: names });
    return Object.fromEntries(
      (answer.InstanceTypes ?? []).flatMap(({ InstanceType, NetworkInfo }) =>
        InstanceType && NetworkInfo?.MaximumNetworkInterfaces !== undefined
          ? [[InstanceType, NetworkInfo.MaximumNetworkInterfaces]]
          : [],
      ),
    );
  },
});

/** An instance without tasks has an interface to give, whatever its type: none has fewer than two. */
function isUsed({
  attachments = [],
  runningTasksCount = 0,
  pendingTasksCount = 0,
}: ContainerInstance): boolean {
  return attachments.length + runningTasksCount + pendingTasksCount > 0;
}
