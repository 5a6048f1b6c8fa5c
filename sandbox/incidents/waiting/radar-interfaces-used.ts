import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { deployed } from '../build/deployed.ts';
import { instanceOf } from '../build/ec2.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { filled, poolOf, throughProvider } from '../build/pool.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** An instance of this type has three interfaces, its own among them, and no trunk. */
const type = 'm7i.large';

export const radarInterfacesUsed: Incident = {
  name: 'radar-interfaces-used',
  title: 'the instance of radar has room, and no network interface left',
  environment: 'prod',
  ask: 'why-pending radar prod',
  expected: { state: 'problem', cause: 'capacity-eni-exhausted', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'radar', {
      revision: 26,
      ago: days(3),
      containers: [{ name: 'app', image: ecrImage(place, 'radar', '2.6.0'), memory: 512 }],
    });
    const instance = filled(
      instanceOf(place, 'radar', { type, number: 0, registeredAt: ago(days(40)) }),
      live.definition,
      { cpu: 1536, memory: 6739 },
    );
    const arn = instance.containerInstanceArn;
    const zone = instance.attributes?.find(({ name }) => name === 'ecs.availability-zone')?.value;
    // Tasks of one number live in one zone: three apart are in the zone of the instance.
    const tasks = [0, 3].map((number) => {
      const { platformVersion: _, ...task } = launched(live, number, after(live.startedAt, 2));
      return { ...task, launchType: 'EC2' as const, containerInstanceArn: arn, availabilityZone: zone };
    });
    const attachments = tasks.flatMap((task) => task.attachments ?? []);
    const world = serviceWorld(place, now, {
      desired: 3,
      createdAt: ago(days(200)),
      releases: [live],
      tasks,
      events: [
        {
          at: ago(21),
          message: `(service radar) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ${arn?.split('/').at(-1)}) encountered error "RESOURCE:ENI". For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
        },
      ],
      quietUntil: ago(25),
    });
    const holder: ContainerInstance = { ...instance, runningTasksCount: tasks.length, attachments };
    const { containerInstances, ...pool } = poolOf(place, {
      name: 'radar-pool',
      sizes: { min: 1, max: 4, desired: 1 },
      instances: [holder],
      createdAt: ago(days(200)),
    });
    const bare = <T extends object>(one: T) => ({
      ...one,
      platformVersion: undefined,
      platformFamily: undefined,
    });
    const told = throughProvider(
      {
        ...world,
        services: world.services?.map((service) => ({
          ...bare(service),
          deployments: service.deployments?.map(bare),
        })),
      },
      'radar-pool',
    );
    return mergeWorlds([{ ...told, containerInstances }, pool]);
  },
};
