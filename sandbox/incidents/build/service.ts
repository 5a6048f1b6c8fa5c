import type {
  DeploymentCircuitBreaker,
  DeploymentConfiguration,
  Service,
  Task,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { type Balancer, type ToldTarget, targetHealthOf } from './balancer.ts';
import {
  computeOf,
  countsOf,
  deploymentsOf,
  primaryOf,
  revisionArn,
  serviceBalancer,
  serviceDeploymentArn,
  serviceDeploymentsOf,
  serviceRevisionsOf,
} from './deployments.ts';
import { eventList, type Said } from './events.ts';
import { clusterArn, roleArn, serviceArn } from './names.ts';
import { narrate } from './narrate.ts';
import { networkConfigurationOf } from './network.ts';
import type { Release } from './release.ts';

export interface ServiceStory {
  desired: number;
  createdAt: Date;
  /** Oldest first. */
  releases: readonly [Release, ...Release[]];
  /** All that ECS still knows, stopped ones too. Their starts and stops become events by themselves. */
  tasks?: readonly Task[];
  /** What ECS no longer knows: they live on in the events alone. */
  forgotten?: readonly Task[];
  /** Started because others were unhealthy, which their start event says. */
  replacements?: readonly Task[];
  /** What the scheduler said beside starts and stops. */
  events?: readonly Said[];
  /** Until when the service was quiet, saying so every six hours; absent: until now. */
  quietUntil?: Date;
  balancer?: Balancer;
  /** Targets that are not simply healthy. */
  targets?: readonly ToldTarget[];
  breaker?: DeploymentCircuitBreaker;
  percent?: { minimum: number; maximum: number };
  gracePeriod?: number;
  spot?: boolean;
}

/** A service with everything that belongs to it, logs aside. */
export function serviceWorld(place: Place, now: Date, story: ServiceStory): Partial<World> {
  const { releases, tasks = [], balancer, desired, spot } = story;
  const configuration = deploymentConfiguration(story);
  const rollout = { desired, releases, tasks, configuration, balancer, spot };
  return {
    services: [service(place, now, story, configuration)],
    tasks: [...tasks],
    taskDefinitions: distinct(releases.map(({ definition }) => definition)),
    serviceDeployments: serviceDeploymentsOf(rollout),
    serviceRevisions: serviceRevisionsOf(rollout),
    targetGroups: balancer ? [balancer.targetGroup] : [],
    loadBalancers: balancer ? [balancer.loadBalancer] : [],
    targetHealth: balancer ? { [balancer.arn]: targetHealthOf(balancer, tasks, story.targets ?? []) } : {},
  };
}

function service(
  place: Place,
  now: Date,
  story: ServiceStory,
  configuration: DeploymentConfiguration,
): Service {
  const { releases, tasks = [], balancer, desired, createdAt, spot } = story;
  const primary = primaryOf(releases) ?? releases[0];
  const rollout = { desired, releases, tasks, configuration, balancer, spot };
  const told = [...narrate(story, now), ...(story.events ?? [])].filter(({ at }) => at <= now);
  const underWay = primary.outcome === 'in-progress';
  return {
    serviceArn: serviceArn(place, primary.service),
    serviceName: primary.service,
    clusterArn: clusterArn(place),
    loadBalancers: balancer ? [serviceBalancer(balancer)] : [],
    serviceRegistries: [],
    status: 'ACTIVE',
    desiredCount: desired,
    ...countsOf(tasks),
    ...computeOf(spot),
    platformVersion: 'LATEST',
    platformFamily: 'Linux',
    taskDefinition: primary.definition.taskDefinitionArn,
    deploymentConfiguration: configuration,
    deployments: deploymentsOf(rollout),
    roleArn: roleArn(place, 'aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS'),
    events: eventList(primary.service, told),
    createdAt,
    currentServiceDeployment: underWay ? serviceDeploymentArn(primary) : undefined,
    currentServiceRevisions: deploymentsOf(rollout).flatMap(
      ({ id, desiredCount, runningCount, pendingCount }) => {
        const release = releases.find((candidate) => candidate.id === id);
        if (!release) return [];
        const counts = {
          requestedTaskCount: desiredCount,
          runningTaskCount: runningCount,
          pendingTaskCount: pendingCount,
        };
        return [{ arn: revisionArn(release), ...counts }];
      },
    ),
    placementConstraints: [],
    placementStrategy: [],
    networkConfiguration: networkConfigurationOf(place, primary.service),
    healthCheckGracePeriodSeconds: story.gracePeriod ?? 0,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    createdBy: roleArn(place, 'deploy'),
    enableECSManagedTags: true,
    propagateTags: 'SERVICE',
    enableExecuteCommand: false,
    availabilityZoneRebalancing: 'ENABLED',
  };
}

function deploymentConfiguration({ breaker, percent }: ServiceStory): DeploymentConfiguration {
  return {
    deploymentCircuitBreaker: breaker ?? { enable: false, rollback: false },
    maximumPercent: percent?.maximum ?? 200,
    minimumHealthyPercent: percent?.minimum ?? 100,
    alarms: { alarmNames: [], rollback: false, enable: false },
    strategy: 'ROLLING',
    bakeTimeInMinutes: 0,
  };
}

function distinct(definitions: TaskDefinition[]): TaskDefinition[] {
  return [...new Map(definitions.map((definition) => [definition.taskDefinitionArn, definition])).values()];
}
