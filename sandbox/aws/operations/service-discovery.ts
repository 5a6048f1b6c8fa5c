import type {
  GetInstancesHealthStatusRequest,
  GetInstancesHealthStatusResponse,
  GetNamespaceRequest,
  GetNamespaceResponse,
  GetServiceRequest,
  GetServiceResponse,
  HealthStatus,
  ListInstancesRequest,
  ListInstancesResponse,
} from '@aws-sdk/client-servicediscovery';
import { AwsError, validationMessage } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

export const discoveryOperations: Record<string, Operation> = {
  ListInstances: overWorld(listInstances, serviceArn),
  GetInstancesHealthStatus: overWorld(getInstancesHealthStatus, serviceArn),
  GetService: overWorld(getService, ({ Id = '' }: GetServiceRequest, account) =>
    Id.startsWith('arn:') ? Id : serviceArn({ ServiceId: Id }, account),
  ),
  GetNamespace: overWorld(
    getNamespace,
    ({ Id = '' }: GetNamespaceRequest, { id, region }) =>
      `arn:aws:servicediscovery:${region}:${id}:namespace/${Id}`,
  ),
};

function serviceArn({ ServiceId = '' }: { ServiceId: string | undefined }, { id, region }: Account): string {
  return `arn:aws:servicediscovery:${region}:${id}:service/${ServiceId}`;
}

function getService({ Id }: GetServiceRequest, { world }: Account): GetServiceResponse {
  const service = world.cloudMapServices?.find((one) => one.Id === Id || one.Arn === Id);
  if (!service) throw new AwsError('ServiceNotFound', `Service not found: ${Id}`);
  return { Service: service };
}

function getNamespace({ Id }: GetNamespaceRequest, { world }: Account): GetNamespaceResponse {
  const namespace = world.cloudMapNamespaces?.find((one) => one.Id === Id);
  if (!namespace) throw new AwsError('NamespaceNotFound', `Namespace not found: ${Id}`);
  return { Namespace: namespace };
}

function getInstancesHealthStatus(
  input: GetInstancesHealthStatusRequest,
  { world }: Account,
): GetInstancesHealthStatusResponse {
  const { ServiceId = '', Instances, MaxResults: size = atMost } = input;
  const instances = world.cloudMapInstances?.[ServiceId];
  if (!instances) throw new AwsError('ServiceNotFound', `Service not found: ${ServiceId}`);
  const ids = instances.map(({ Id = '' }) => Id);
  const unknown = Instances?.find((id) => !ids.includes(id));
  if (unknown !== undefined) throw new AwsError('InstanceNotFound', `Instance not found: ${unknown}`);
  const told = world.cloudMapHealth?.[ServiceId] ?? {};
  const { items, nextToken } = pageOf(
    Instances ?? ids,
    `health ${ServiceId}`,
    input.NextToken,
    size,
    () => new AwsError('InvalidInput', 'The token is not valid.'),
  );
  const entries = items.map((id): [string, HealthStatus] => [id, told[id] ?? 'HEALTHY']);
  return { Status: Object.fromEntries(entries), NextToken: nextToken };
}

const atMost = 100;

function listInstances(input: ListInstancesRequest, { world }: Account): ListInstancesResponse {
  const { ServiceId = '', MaxResults: size = atMost } = input;
  const instances = world.cloudMapInstances?.[ServiceId];
  if (!instances) throw new AwsError('ServiceNotFound', `Service not found: ${ServiceId}`);
  if (size < 1 || size > atMost)
    throw new AwsError(
      'InvalidInput',
      validationMessage(size, 'maxResults', `have value less than or equal to ${atMost}`),
    );
  const list = `instances ${ServiceId}`;
  const invalid = () => new AwsError('InvalidInput', 'The token is not valid.');
  const { items, nextToken } = pageOf(instances, list, input.NextToken, size, invalid);
  return { Instances: items, NextToken: nextToken };
}
