import { deployed } from '../build/deployed.ts';
import { instanceOf, onInstances } from '../build/ec2.ts';
import { mergeWorlds } from '../build/merge.ts';
import { ecrImage } from '../build/names.ts';
import { filled, poolOf, throughProvider } from '../build/pool.ts';
import { launched } from '../build/release.ts';
import { serviceWorld } from '../build/service.ts';
import { after, before, days } from '../build/times.ts';
import type { Incident } from '../incident.ts';

/** The instances were replaced, and the new ones do not carry the label that the service asks for. */
export const packLabelMissing: Incident = {
  name: 'pack-label-missing',
  title: 'the new instances of pack lack the label of its placement constraint',
  environment: 'staging',
  ask: 'why-pending pack staging',
  expected: { state: 'problem', cause: 'capacity-constraint-unmet', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'pack', {
      revision: 17,
      ago: days(4),
      containers: [{ name: 'app', image: ecrImage(place, 'pack', '1.7.0'), memory: 1024 }],
    });
    const instances = [0, 1].map((number) =>
      filled(instanceOf(place, 'pack', { number, registeredAt: ago(50 - number) }), live.definition, {
        cpu: 2048,
        memory: 7763,
        attributes: [{ name: 'tier', value: 'general' }],
      }),
    ) as [ReturnType<typeof instanceOf>, ...ReturnType<typeof instanceOf>[]];
    const closest = instances[0].containerInstanceArn?.split('/').at(-1) ?? '';
    const told = throughProvider(
      onInstances(
        serviceWorld(place, now, {
          desired: 1,
          createdAt: ago(days(150)),
          releases: [live],
          forgotten: [launched(live, 0, after(live.startedAt, 2))],
          events: [
            {
              at: ago(44),
              message: `(service pack) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ${closest}) encountered error "MemberOf placement constraint unsatisfied.". For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
            },
          ],
          quietUntil: ago(55),
        }),
        instances,
      ),
      'pack-pool',
    );
    const { containerInstances, ...pool } = poolOf(place, {
      name: 'pack-pool',
      sizes: { min: 2, max: 4, desired: 2 },
      instances: told.containerInstances ?? [],
      createdAt: ago(days(150)),
    });
    const services = told.services?.map((service) => ({
      ...service,
      placementConstraints: [{ type: 'memberOf' as const, expression: 'attribute:tier == packing' }],
    }));
    return mergeWorlds([{ ...told, services, containerInstances }, pool]);
  },
};
