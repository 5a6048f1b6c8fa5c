import type {
  Deployment,
  DeploymentConfiguration,
  ServiceDeployment,
  ServiceDeploymentStatus,
  ServiceRevision,
  ServiceRevisionSummary,
  Task,
} from '@aws-sdk/client-ecs';
import type { Balancer } from './balancer.ts';
import { clusterArn, ecsArn, serviceArn } from './names.ts';
import { networkConfigurationOf } from './network.ts';
import type { Release } from './release.ts';
import { shortId } from './seeded.ts';
import { digestOf } from './task.ts';
import { after } from './times.ts';

/** Everything a service's deployments are told from. */
export interface Rollout {
  desired: number;
  /** Oldest first. */
  releases: readonly Release[];
  tasks: readonly Task[];
  configuration: DeploymentConfiguration;
  balancer?: Balancer;
  spot?: boolean;
}

/** After a rollback the release before the one that failed is the service's own again. */
export function primaryOf(releases: readonly Release[]): Release | undefined {
  return releases.findLast(({ outcome }) => outcome !== 'rolled-back');
}

/** The deployments of DescribeServices: the PRIMARY one and what it has not replaced yet. */
export function deploymentsOf(rollout: Rollout): Deployment[] {
  const { releases, desired } = rollout;
  const primary = primaryOf(releases);
  if (!primary) return [];
  const unfinished = primary.outcome === 'in-progress' || primary.outcome === 'failed';
  const previous = unfinished ? releases[releases.indexOf(primary) - 1] : undefined;
  const active = previous ? [deployment(previous, 'ACTIVE', living(rollout, previous).length, rollout)] : [];
  return [deployment(primary, 'PRIMARY', desired, rollout), ...active];
}

function living({ tasks }: Rollout, { id }: Release): Task[] {
  return tasks.filter((task) => task.startedBy === id && task.desiredStatus === 'RUNNING');
}

export function countsOf(tasks: readonly Task[]): { runningCount: number; pendingCount: number } {
  const wanted = tasks.filter((task) => task.desiredStatus === 'RUNNING');
  const runningCount = wanted.filter((task) => task.lastStatus === 'RUNNING').length;
  return { runningCount, pendingCount: wanted.length - runningCount };
}

function deployment(release: Release, status: string, desiredCount: number, rollout: Rollout): Deployment {
  const { definition, id, startedAt, finishedAt, outcome } = release;
  return {
    id,
    status,
    taskDefinition: definition.taskDefinitionArn,
    desiredCount,
    ...countsOf(living(rollout, release)),
    failedTasks: outcome === 'completed' ? 0 : release.failedTasks,
    createdAt: startedAt,
    updatedAt: rolledBackAt(rollout, release) ?? finishedAt ?? after(startedAt, 74),
    ...computeOf(rollout.spot),
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    networkConfiguration: networkConfigurationOf(release.place, release.service),
    ...rolloutState(release),
  };
}

/** When a later deployment was rolled back to this one. */
function rolledBackAt({ releases }: Rollout, release: Release): Date | undefined {
  const next = releases[releases.indexOf(release) + 1];
  return next?.outcome === 'rolled-back' ? next.finishedAt : undefined;
}

export function computeOf(spot: boolean | undefined) {
  if (!spot) return { launchType: 'FARGATE' } as const;
  return { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 }] };
}

function rolloutState({ outcome, id }: Release): Pick<Deployment, 'rolloutState' | 'rolloutStateReason'> {
  if (outcome === 'in-progress') {
    return { rolloutState: 'IN_PROGRESS', rolloutStateReason: `ECS deployment ${id} in progress.` };
  }
  if (outcome === 'completed') {
    return { rolloutState: 'COMPLETED', rolloutStateReason: `ECS deployment ${id} completed.` };
  }
  return {
    rolloutState: 'FAILED',
    rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
  };
}

export function revisionArn({ place, service, id }: Release): string {
  return ecsArn(place, `service-revision/${place.cluster}/${service}/${id.replace('ecs-svc/', '')}`);
}

export function serviceDeploymentArn({ place, service, id }: Release): string {
  return ecsArn(place, `service-deployment/${place.cluster}/${service}/${shortId(`${service} ${id}`)}`);
}

const statuses = {
  'in-progress': 'IN_PROGRESS',
  completed: 'SUCCESSFUL',
  failed: 'STOPPED',
  'rolled-back': 'ROLLBACK_SUCCESSFUL',
} as const satisfies Record<Release['outcome'], ServiceDeploymentStatus>;

const thresholdExceeded =
  'Service deployment rolled back because the circuit breaker threshold was exceeded.';

/** The history that ListServiceDeployments keeps, failed and rolled back ones with it. */
export function serviceDeploymentsOf(rollout: Rollout): ServiceDeployment[] {
  return rollout.releases.map((release, index) => {
    const previous = rollout.releases[index - 1];
    const { startedAt, finishedAt, outcome, failedTasks } = release;
    const rolledBack = outcome === 'rolled-back';
    return {
      serviceDeploymentArn: serviceDeploymentArn(release),
      serviceArn: serviceArn(release.place, release.service),
      clusterArn: clusterArn(release.place),
      createdAt: after(startedAt, -1.6),
      startedAt,
      finishedAt,
      stoppedAt: outcome === 'failed' ? finishedAt : undefined,
      updatedAt: finishedAt ?? after(startedAt, 74),
      sourceServiceRevisions: previous ? [summary(previous, rollout)] : [],
      targetServiceRevision: summary(release, rollout),
      status: statuses[outcome],
      statusReason: rolledBack ? thresholdExceeded : undefined,
      deploymentConfiguration: rollout.configuration,
      rollback:
        rolledBack && previous
          ? {
              reason: thresholdExceeded,
              startedAt: after(finishedAt ?? startedAt, -48),
              serviceRevisionArn: revisionArn(previous),
            }
          : undefined,
      deploymentCircuitBreaker: breaker(rollout, outcome, failedTasks),
      alarms: { status: 'DISABLED', alarmNames: [], triggeredAlarmNames: [] },
    };
  });
}

function summary(release: Release, rollout: Rollout): ServiceRevisionSummary {
  const { runningCount, pendingCount } = countsOf(living(rollout, release));
  const isPrimary = release === primaryOf(rollout.releases);
  return {
    arn: revisionArn(release),
    requestedTaskCount: isPrimary ? rollout.desired : living(rollout, release).length,
    runningTaskCount: runningCount,
    pendingTaskCount: pendingCount,
  };
}

/** Half of the desired count rounded up, but 3 at least and 200 at most, unless a count is configured. */
export function thresholdOf({ desired, configuration }: Pick<Rollout, 'desired' | 'configuration'>): number {
  const configured = configuration.deploymentCircuitBreaker?.thresholdConfiguration?.value;
  return configured ?? Math.min(200, Math.max(3, Math.ceil(desired / 2)));
}

function breaker(rollout: Rollout, outcome: Release['outcome'], failureCount: number) {
  if (!rollout.configuration.deploymentCircuitBreaker?.enable) return { status: 'DISABLED' } as const;
  const watching = { 'in-progress': 'MONITORING', completed: 'MONITORING_COMPLETE' } as const;
  const status = outcome === 'in-progress' || outcome === 'completed' ? watching[outcome] : 'TRIGGERED';
  return {
    status,
    failureCount: outcome === 'completed' ? 0 : failureCount,
    threshold: thresholdOf(rollout),
  } as const;
}

/** A service revision for each deployment: what it deployed, images by digest. */
export function serviceRevisionsOf({ releases, balancer, spot }: Rollout): ServiceRevision[] {
  return releases.map((release) => ({
    serviceRevisionArn: revisionArn(release),
    serviceArn: serviceArn(release.place, release.service),
    clusterArn: clusterArn(release.place),
    taskDefinition: release.definition.taskDefinitionArn,
    ...computeOf(spot),
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    loadBalancers: balancer ? [serviceBalancer(balancer)] : [],
    serviceRegistries: [],
    networkConfiguration: networkConfigurationOf(release.place, release.service),
    containerImages: (release.definition.containerDefinitions ?? []).map(({ name, image }) => ({
      containerName: name,
      imageDigest: digestOf(image),
      image,
    })),
    guardDutyEnabled: false,
    createdAt: after(release.startedAt, -1.6),
  }));
}

export function serviceBalancer({ arn, container, port }: Balancer) {
  return { targetGroupArn: arn, containerName: container, containerPort: port };
}
