import type {
  DescribeServicesRequest,
  DescribeServicesResponse,
  ListServicesRequest,
  ListServicesResponse,
  Service,
  ServiceEvent,
} from '@aws-sdk/client-ecs';
import type { Account } from '../world.ts';
import {
  checkCount,
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

export const serviceOperations: Record<string, Operation> = {
  ListServices: overWorld(listServices),
  DescribeServices: overWorld(describeServices, (input, account) =>
    memberResource(account, 'service', input.cluster, input.services?.[0]),
  ),
};

// ListServices hands out 10 a page where the other lists hand out 100.
const usualPage = 10;
const mostEvents = 100;

function listServices(input: ListServicesRequest, account: Account): ListServicesResponse {
  const cluster = findCluster(account, input.cluster);
  const services = account.world.services
    .filter((service) => service.clusterArn === cluster.clusterArn && service.status !== 'INACTIVE')
    .filter((service) => !input.launchType || service.launchType === input.launchType)
    .filter((service) => !input.schedulingStrategy || service.schedulingStrategy === input.schedulingStrategy)
    .filter(
      (service) =>
        !input.resourceManagementType || service.resourceManagementType === input.resourceManagementType,
    );
  const arns = keysOf(services, (service) => service.serviceArn);
  const { items, nextToken } = ecsPage(arns, `services of ${cluster.clusterName}`, input, usualPage);
  return { serviceArns: items, nextToken };
}

function describeServices(input: DescribeServicesRequest, account: Account): DescribeServicesResponse {
  const references = checkCount(input.services, 'service names', 10, 'Services cannot be empty.');
  const cluster = findCluster(account, input.cluster);
  const arns = references.map((reference) => memberArn(account, cluster, 'service', reference));
  const { found, failures } = described(arns, (arn) =>
    findMember(account.world.services, (service) => service.serviceArn, arn),
  );
  return { services: found.map((service) => shown(service, input.include)), failures };
}

/** ECS keeps a service's hundred latest events, and gives the latest first. */
function shown(service: Service, include: readonly string[] | undefined): Service {
  const events = service.events
    ?.toSorted((left, right) => eventTime(right) - eventTime(left))
    .slice(0, mostEvents);
  return { ...withTags(service, include), events };
}

function eventTime(event: ServiceEvent): number {
  return event.createdAt?.getTime() ?? 0;
}
