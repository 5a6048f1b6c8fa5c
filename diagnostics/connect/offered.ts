import type { LoadBalancer, Service } from '@aws-sdk/client-ecs';

/**
 * The load balancers that the tasks are registered with: of the task set that serves, where a service has several, as
 * with CodeDeploy, which moves the traffic between two target groups.
 */
export function balancersOf({ loadBalancers = [], taskSets = [] }: Service): LoadBalancer[] {
  const primary = taskSets.find(({ status }) => status === 'PRIMARY')?.loadBalancers ?? [];
  return primary.length > 0 ? primary : loadBalancers;
}

/** Whether something else than the addresses of its tasks leads to a service. */
export function hasName(service: Service): boolean {
  const { serviceRegistries = [], deployments = [] } = service;
  const connected = deployments.some(
    ({ serviceConnectConfiguration }) => serviceConnectConfiguration?.enabled,
  );
  return balancersOf(service).length > 0 || serviceRegistries.length > 0 || connected;
}
