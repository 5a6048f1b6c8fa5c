import type {
  ContainerInstance,
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse,
  ListContainerInstancesRequest,
  ListContainerInstancesResponse,
} from '@aws-sdk/client-ecs';
import type { Account } from '../world.ts';
import { clusterQuery } from './cluster-query.ts';
import {
  checkCount,
  clusterArnOf,
  described,
  ecsPage,
  findCluster,
  findMember,
  keysOf,
  memberArn,
  memberResource,
  withTags,
} from './ecs-names.ts';
import { type Operation, overWorld } from './operation.ts';

export const containerInstanceOperations: Record<string, Operation> = {
  ListContainerInstances: overWorld(listContainerInstances, (input, account) =>
    clusterArnOf(account, input.cluster),
  ),
  DescribeContainerInstances: overWorld(describeContainerInstances, (input, account) =>
    memberResource(account, 'container-instance', input.cluster, input.containerInstances?.[0]),
  ),
};

function listContainerInstances(
  input: ListContainerInstancesRequest,
  account: Account,
): ListContainerInstancesResponse {
  const matches = clusterQueryOrAll(input.filter);
  const cluster = findCluster(account, input.cluster);
  const instances = account.world.containerInstances
    .filter((instance) => clusterNameOf(instance) === cluster.clusterName)
    .filter((instance) => (input.status ? instance.status === input.status : instance.status !== 'INACTIVE'))
    .filter((instance) => matches(instance, account.world.tasks));
  const arns = keysOf(instances, (instance) => instance.containerInstanceArn);
  const { items, nextToken } = ecsPage(
    arns,
    `instances of ${cluster.clusterName} ${input.status ?? ''} ${input.filter ?? ''}`,
    input,
  );
  return { containerInstanceArns: items, nextToken };
}

function clusterQueryOrAll(filter: string | undefined): ReturnType<typeof clusterQuery> {
  return filter ? clusterQuery(filter) : () => true;
}

function clusterNameOf(instance: ContainerInstance): string | undefined {
  return instance.containerInstanceArn?.split('/').at(-2);
}

function describeContainerInstances(
  input: DescribeContainerInstancesRequest,
  account: Account,
): DescribeContainerInstancesResponse {
  const references = checkCount(
    input.containerInstances,
    'containerInstances',
    100,
    'Container instances cannot be empty.',
  );
  const cluster = findCluster(account, input.cluster);
  const arns = references.map((reference) => memberArn(account, cluster, 'container-instance', reference));
  const { found, failures } = described(arns, (arn) =>
    findMember(account.world.containerInstances, (instance) => instance.containerInstanceArn, arn),
  );
  return { containerInstances: found.map((instance) => shown(instance, input.include)), failures };
}

function shown(instance: ContainerInstance, include: readonly string[] | undefined): ContainerInstance {
  const health = include?.includes('CONTAINER_INSTANCE_HEALTH') ? instance.healthStatus : undefined;
  return { ...withTags(instance, include), healthStatus: health };
}
