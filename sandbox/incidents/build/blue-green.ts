import type { DeploymentConfiguration, ServiceDeployment, Task } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { balancerOf, targetHealthOf } from './balancer.ts';
import { mergeWorlds } from './merge.ts';
import { roleArn } from './names.ts';
import { retell, type ToldRollout } from './rollout.ts';
import { hex } from './seeded.ts';
import { serviceWorld } from './service.ts';

interface BlueGreenStory {
  /** The tasks of green. */
  tasks: readonly Task[];
  configuration: DeploymentConfiguration;
  deployment: Partial<ServiceDeployment>;
  /** Percent of production traffic that green gets. */
  weight: number;
  /** Why it was rolled back. */
  reason?: string;
}

/**
 * A service with two target groups, whose deployments ECS itself shifts from blue to green. They have stages,
 * and no rolloutState.
 */
export function blueGreen(place: Place, now: Date, told: ToldRollout, story: BlueGreenStory): Partial<World> {
  const { next, serving } = told;
  const blue = balancerOf(place, next.service);
  const green = balancerOf(place, `${next.service}-green`);
  const { desired } = { desired: serving.length };
  const world = serviceWorld(place, now, {
    ...told,
    desired,
    tasks: [...serving, ...story.tasks],
    balancer: blue,
  });
  const usual = world.services?.[0]?.deploymentConfiguration;
  const configuration = { ...usual, ...story.configuration };
  const listener = `${blue.loadBalancer.LoadBalancerArn?.replace(':loadbalancer/', ':listener-rule/')}/${hex(`${next.service} listener`, 16)}`;
  const newest = world.serviceDeployments?.at(-1);
  const rollback = newest?.rollback && { ...newest.rollback, reason: story.reason };
  return mergeWorlds([
    {
      ...retell(world, {
        listed: { rolloutState: undefined, rolloutStateReason: undefined },
        service: {
          deploymentConfiguration: configuration,
          loadBalancers: [
            {
              targetGroupArn: blue.arn,
              containerName: blue.container,
              containerPort: blue.port,
              advancedConfiguration: {
                alternateTargetGroupArn: green.arn,
                productionListenerRule: `${listener}/${hex(`${next.service} production`, 16)}`,
                roleArn: roleArn(place, 'ecs-load-balancers'),
              },
            },
          ],
        },
        deployment: {
          deploymentConfiguration: configuration,
          deploymentCircuitBreaker: { status: 'DISABLED' },
          targetServiceRevision: {
            ...newest?.targetServiceRevision,
            requestedProductionTrafficWeight: story.weight,
            requestedTestTrafficWeight: 100,
          },
          rollback,
          ...story.deployment,
        },
      }),
      targetHealth: { [blue.arn]: targetHealthOf(blue, serving, []) },
    },
    {
      targetGroups: [green.targetGroup],
      targetHealth: { [green.arn]: targetHealthOf(green, story.tasks, []) },
    },
  ]);
}
