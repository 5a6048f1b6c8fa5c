import type { ListInstancesRequest, ListInstancesResponse } from '@aws-sdk/client-servicediscovery';
import { AwsError, validationMessage } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { Account } from '../world.ts';
import { type Operation, overWorld } from './operation.ts';

export const discoveryOperations: Record<string, Operation> = {
  ListInstances: overWorld(
    listInstances,
    ({ ServiceId = '' }: ListInstancesRequest, { id, region }) =>
      `arn:aws:servicediscovery:${region}:${id}:service/${ServiceId}`,
  ),
};

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
