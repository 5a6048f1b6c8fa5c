import type { TaskSet } from '@aws-sdk/client-ecs';
import { balancerOf } from '../build/balancer.ts';
import { ecsArn } from '../build/names.ts';
import { launched, type Release } from '../build/release.ts';
import { retell, rolloutOf } from '../build/rollout.ts';
import { serviceWorld } from '../build/service.ts';
import { before } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** CodeDeploy shifts the traffic; ECS knows task sets, and neither deployments nor a rolloutState. */
export const deskCodedeploy: Incident = {
  name: 'desk-codedeploy',
  title: 'desk:29 is deployed by CodeDeploy, which holds both task sets until its wait is over',
  environment: 'prod',
  ask: 'deployment desk prod',
  expected: { state: 'healthy', cause: null, status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const told = rolloutOf(place, now, {
      service: 'desk',
      revision: 29,
      desired: 2,
      took: [30],
      began: 12,
    });
    const { good, next, serving } = told;
    const green = [0, 1].map((number) => launched(next, 10 + number, ago(11)));
    const world = serviceWorld(place, now, {
      ...told,
      desired: 2,
      tasks: [...serving, ...green],
      balancer: balancerOf(place, 'desk'),
    });
    const set = ({ id, definition, startedAt }: Release, status: string, deployment: string): TaskSet => ({
      id,
      taskSetArn: ecsArn(place, `task-set/${place.cluster}/desk/${id}`),
      serviceArn: world.services?.[0]?.serviceArn,
      clusterArn: world.services?.[0]?.clusterArn,
      startedBy: 'CODE_DEPLOY',
      externalId: deployment,
      status,
      taskDefinition: definition.taskDefinitionArn,
      computedDesiredCount: 2,
      runningCount: 2,
      pendingCount: 0,
      createdAt: startedAt,
      updatedAt: startedAt,
      scale: { value: 100, unit: 'PERCENT' },
      stabilityStatus: 'STEADY_STATE',
      stabilityStatusAt: ago(status === 'PRIMARY' ? 2000 : 9),
    });
    return {
      ...retell(world, {
        service: {
          deploymentController: { type: 'CODE_DEPLOY' },
          deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
          deployments: [],
          taskSets: [set(good, 'PRIMARY', 'd-H7QW2KX3B'), set(next, 'ACTIVE', 'd-9PLM4TZ6C')],
          taskDefinition: good.definition.taskDefinitionArn,
          currentServiceDeployment: undefined,
          currentServiceRevisions: undefined,
        },
      }),
      // The service deployments API knows the deployments of the ECS controller alone.
      serviceDeployments: [],
      serviceRevisions: [],
    };
  },
};
