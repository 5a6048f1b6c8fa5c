import type { Task } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { type Balancer, balancerOf, type ToldTarget } from './balancer.ts';
import { deployed, type Version } from './deployed.ts';
import { ecrImage } from './names.ts';
import { launched, type Release } from './release.ts';
import { type ServiceStory, serviceWorld } from './service.ts';
import { after, before, days } from './times.ts';

interface Standing {
  service: string;
  /** Minutes since its only deployment. */
  ago: number;
  desired: number;
  balancer?: Balancer;
  version?: Partial<Version>;
  targets?(tasks: readonly Task[], live: Release): ToldTarget[];
  /** Further tasks of the deployment, stopped ones too. */
  more?(live: Release): Task[];
  story?: Partial<ServiceStory>;
}

/** A service of one revision whose tasks all run since its deployment, behind the load balancer. */
export function standing(place: Place, now: Date, told: Standing): Partial<World> {
  const { service, ago, desired, balancer = balancerOf(place, service), version, story } = told;
  const live = deployed(place, now, service, {
    revision: 14,
    ago,
    containers: [{ name: 'app', image: ecrImage(place, service, '3.2.1'), memory: 1024, port: 8080 }],
    ...version,
  });
  const tasks = Array.from({ length: desired }, (_, number) =>
    launched(live, number, after(live.startedAt, 2)),
  );
  return serviceWorld(place, now, {
    desired,
    createdAt: before(now)(days(300)),
    releases: [live],
    tasks: [...tasks, ...(told.more?.(live) ?? [])],
    balancer,
    ...(told.targets && { targets: told.targets(tasks, live) }),
    ...story,
  });
}
