import { deployed } from '../build/deployed.ts';
import { instanceOf, onInstances } from '../build/ec2.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { failedLaunch, filled, poolOf, throughProvider } from '../build/pool.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import { waitsForInstance } from '../build/waiting.ts';
import type { Incident } from '../incident.ts';

/** The task waits for an instance, the group asks for one, and EC2 has none of that type in the zone. */
export const encodeNoStock: Incident = {
  name: 'encode-no-stock',
  title: 'tasks of encode wait for instances that EC2 has no stock of',
  environment: 'staging',
  ask: 'why-pending encode staging',
  expected: {
    state: 'problem',
    cause: 'capacity-provider-launch-failed',
    status: 'confirmed',
    chain: ['placement-waiting', 'capacity-provider-launch-failed'],
  },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'encode', {
      revision: 5,
      ago: days(9),
      cpu: '2048',
      memory: '6144',
      containers: [{ name: 'app', image: ecrImage(place, 'encode', '0.5.2'), memory: 6144 }],
    });
    const instance = filled(
      instanceOf(place, 'encode', { number: 0, type: 'c7gd.large', registeredAt: ago(days(9)) }),
      live.definition,
      { cpu: 0, memory: 1619 },
    );
    const world = serviceWorld(place, now, {
      desired: 3,
      createdAt: ago(days(40)),
      releases: [live],
      tasks: [0, 10, 11].map((number) =>
        launched(live, number, number === 0 ? after(live.startedAt, 2) : ago(9)),
      ),
      quietUntil: ago(10),
    });
    const told = throughProvider(onInstances(world, [instance]), 'encode-pool');
    const why =
      'We currently do not have sufficient c7gd.large capacity in the Availability Zone you requested (eu-west-1a). Our system will be working on provisioning additional capacity. You can currently get c7gd.large capacity by not specifying an Availability Zone in your request or choosing eu-west-1b, eu-west-1c.';
    const { containerInstances, ...pool } = poolOf(place, {
      name: 'encode-pool',
      sizes: { min: 0, max: 8, desired: 3 },
      instances: (told.containerInstances ?? []).map((one) => ({
        ...one,
        runningTasksCount: 1,
        pendingTasksCount: 0,
      })),
      activities: [failedLaunch(ago(2), why), failedLaunch(ago(6), why)],
      createdAt: ago(days(40)),
    });
    const tasks = told.tasks?.map((task, index) =>
      index === 0 ? task : waitsForInstance(task, 'encode-pool'),
    );
    const services = told.services?.map(unstarted);
    return mergeWorlds([{ ...told, tasks, services, containerInstances }, pool]);
  },
};

/** One of three runs: the other two were told as running before they were made to wait. */
function unstarted<S extends { deployments?: object[] }>(service: S): S {
  const counts = { runningCount: 1, pendingCount: 2 };
  return {
    ...service,
    ...counts,
    deployments: service.deployments?.map((deployment) => ({ ...deployment, ...counts })),
  };
}
