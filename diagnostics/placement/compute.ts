import type { Service } from '@aws-sdk/client-ecs';

/** What a service's tasks run on. */
export interface Compute {
  kind: 'fargate' | 'instances' | 'external';
  /** Capacity providers other than FARGATE and FARGATE_SPOT. */
  providers: string[];
  /** Share of tasks beyond every base that go to Fargate Spot, 0 to 1; undefined where Spot has no part. */
  spotShare?: number;
  /** Tasks that run on FARGATE before the weights count. */
  onDemandBase: number;
}

/** Decided by the strategy, then by the launch type; a service that names neither runs on EC2. */
export function computeOf(service: Service): Compute {
  const strategy = service.capacityProviderStrategy ?? [];
  const providers = strategy
    .map(({ capacityProvider = '' }) => capacityProvider)
    .filter((name) => name !== 'FARGATE' && name !== 'FARGATE_SPOT');
  if (strategy.length === 0) {
    const kind =
      service.launchType === 'FARGATE'
        ? 'fargate'
        : service.launchType === 'EXTERNAL'
          ? 'external'
          : 'instances';
    return { kind, providers: [], onDemandBase: 0 };
  }
  if (providers.length > 0) return { kind: 'instances', providers, onDemandBase: 0 };
  const spot = strategy.find(({ capacityProvider }) => capacityProvider === 'FARGATE_SPOT');
  const fixed = strategy.find(({ capacityProvider }) => capacityProvider === 'FARGATE');
  const weights = (spot?.weight ?? 0) + (fixed?.weight ?? 0);
  return {
    kind: 'fargate',
    providers: [],
    onDemandBase: fixed?.base ?? 0,
    ...(spot && { spotShare: weights === 0 ? (fixed ? 0 : 1) : (spot.weight ?? 0) / weights }),
  };
}

/** Tasks that should run and do not, counting a deployment whose old tasks still serve. */
export function missingTasks(service: Service): number {
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  const ofService = (service.desiredCount ?? 0) - (service.runningCount ?? 0);
  const ofDeployment = (primary?.desiredCount ?? 0) - (primary?.runningCount ?? 0);
  return Math.max(0, ofService, ofDeployment);
}

/** Subnets and security groups that new tasks get; empty for bridge and host networks. */
export function networkOf(service: Service | undefined): { subnets: string[]; groups: string[] } {
  const primary = service?.deployments?.find(({ status }) => status === 'PRIMARY');
  const configured = (primary?.networkConfiguration ?? service?.networkConfiguration)?.awsvpcConfiguration;
  return { subnets: configured?.subnets ?? [], groups: configured?.securityGroups ?? [] };
}
