import type { Deployment, Service, ServiceDeployment, Task } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { ecrImage } from './names.ts';
import { launched, type Release, release } from './release.ts';
import { type ContainerStory, taskDefinition } from './task-definition.ts';
import { after, before, days } from './times.ts';

interface RolloutStory {
  service: string;
  /** Of the newest deployment; those before count down from it. */
  revision: number;
  desired: number;
  /** Minutes that the deployments before took, oldest first; each a day apart. */
  took: readonly [number, ...number[]];
  /** Minutes ago that the newest began. */
  began: number;
  /** Minutes ago that it ended. */
  ended?: number;
  outcome?: Release['outcome'];
  failedTasks?: number;
  container?: Partial<ContainerStory>;
}

export interface ToldRollout {
  releases: [Release, ...Release[]];
  /** The newest deployment, and the one before it. */
  next: Release;
  good: Release;
  /** The tasks of the one before, as many as are desired. */
  serving: Task[];
  createdAt: Date;
}

/** A service with a history of deployments that went well, and the one that is told about. */
export function rolloutOf(place: Place, now: Date, story: RolloutStory): ToldRollout {
  const { service, took, began, ended } = story;
  const ago = before(now);
  const revisionAt = (number: number, registeredAt: Date) =>
    taskDefinition(place, {
      family: service,
      revision: number,
      registeredAt,
      containers: [
        {
          name: 'app',
          image: ecrImage(place, service, `1.${number}.0`),
          memory: 1024,
          port: 8080,
          ...story.container,
        },
      ],
    });
  const past = took.map((minutes, index) => {
    const startedAt = ago(days(took.length - index), 1320);
    const number = story.revision - took.length + index;
    return release(place, revisionAt(number, after(startedAt, -90)), {
      startedAt,
      finishedAt: after(startedAt, minutes * 60),
    });
  });
  const next = release(place, revisionAt(story.revision, ago(began, 70)), {
    startedAt: ago(began),
    ...(ended !== undefined && { finishedAt: ago(ended) }),
    ...(story.outcome && { outcome: story.outcome }),
    ...(story.failedTasks !== undefined && { failedTasks: story.failedTasks }),
  });
  const good = past.at(-1) ?? next;
  return {
    releases: [past[0] ?? next, ...past.slice(1), next],
    next,
    good,
    serving: Array.from({ length: story.desired }, (_, number) =>
      launched(good, number, after(good.startedAt, 2)),
    ),
    createdAt: ago(days(took.length + 200)),
  };
}

/** A task that was asked to stop and has not ended: first it leaves the load balancer, then its containers stop. */
export function leaving(task: Task, at: Date, by: Release, lastStatus = 'DEACTIVATING'): Task {
  return {
    ...task,
    desiredStatus: 'STOPPED',
    lastStatus,
    stoppingAt: at,
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: `Scaling activity initiated by (deployment ${by.id})`,
    version: (task.version ?? 4) + 1,
  };
}

interface Retold {
  service?: Partial<Service>;
  /** Of the newest service deployment. */
  deployment?: Partial<ServiceDeployment>;
  /** Of every deployment in DescribeServices. */
  listed?: Partial<Deployment>;
}

/** The world with what only some deployments have: stages, hooks, alarms, another strategy. */
export function retell(world: Partial<World>, { service, deployment, listed }: Retold): Partial<World> {
  const services = (world.services ?? []).map((one) => ({
    ...one,
    deployments: one.deployments?.map((each) => ({ ...each, ...listed })),
    ...service,
  }));
  const newest = world.serviceDeployments?.at(-1);
  const serviceDeployments = (world.serviceDeployments ?? []).map((one) =>
    one === newest ? { ...one, ...deployment } : one,
  );
  return { ...world, services, serviceDeployments };
}
