import { deployed } from '../build/deployed.ts';
import { instanceOf, onInstances } from '../build/ec2.ts';
import { eventsOf } from '../build/events.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { filled, poolOf, throughProvider } from '../build/pool.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** Three instances, none with enough memory left, and the group may not grow. The event names only one of them. */
export const renderAtMaximum: Incident = {
  name: 'render-at-maximum',
  title: 'no instance has memory for another task of render, and its group is at its maximum',
  environment: 'staging',
  ask: 'events render staging',
  expected: { state: 'problem', cause: 'capacity-insufficient-memory', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'render', {
      revision: 14,
      ago: days(2),
      cpu: '512',
      memory: '3072',
      containers: [{ name: 'app', image: ecrImage(place, 'render', '1.4.0'), memory: 3072 }],
    });
    const instances = [0, 1, 2].map((number) =>
      filled(instanceOf(place, 'render', { number, registeredAt: ago(days(20)) }), live.definition, {
        cpu: number === 2 ? 128 : 1024,
        memory: [1619, 2048, 900][number] ?? 0,
      }),
    ) as [ReturnType<typeof instanceOf>, ...ReturnType<typeof instanceOf>[]];
    const closest = instances[0].containerInstanceArn?.split('/').at(-1) ?? '';
    const message = `(service render) was unable to place a task because no container instance met all of its requirements. The closest matching container-instance ${closest} has insufficient memory available. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`;
    const serving = [0, 1, 2].map((number) => launched(live, number, after(live.startedAt, 2)));
    const world = serviceWorld(place, now, {
      desired: 5,
      createdAt: ago(days(60)),
      releases: [live],
      tasks: serving,
      events: [
        ...[31, 16].map((minutes) => ({ at: ago(minutes), message })),
        eventsOf('render').steady(ago(days(1))),
      ],
      quietUntil: ago(days(1)),
    });
    const told = throughProvider(onInstances(world, instances), 'render-pool');
    const { containerInstances, ...pool } = poolOf(place, {
      name: 'render-pool',
      sizes: { min: 1, max: 3, desired: 3 },
      instances: told.containerInstances ?? [],
      createdAt: ago(days(60)),
    });
    return mergeWorlds([{ ...told, containerInstances }, pool]);
  },
};
