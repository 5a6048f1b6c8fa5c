import type { World } from '#sandbox/aws/world.ts';
import { deployed } from '../build/deployed.ts';
import { ecrImage } from '../build/names.ts';
import { zonesOf } from '../build/network.ts';
import { launched } from '../build/release.ts';
import { replaced } from '../build/replaced.ts';
import { hex } from '../build/seeded.ts';
import { serviceWorld } from '../build/service.ts';
import { subnetOf } from '../build/subnet.ts';
import { after, before, days } from '../build/times.ts';
import { idsOf, privateRoutes } from '../build/vpc.ts';
import { local, tableOf } from '../build/vpc-parts.ts';
import { waitsForNetwork } from '../build/waiting.ts';
import type { Incident, Place } from '../incident.ts';

/** One subnet of three is full: every third start waits for an address that does not come. */
export const lockersSubnetFull: Incident = {
  name: 'lockers-subnet-full',
  title: 'a task of lockers waits for its network interface in a subnet without a free address',
  environment: 'staging',
  ask: 'why-pending lockers staging',
  expected: { state: 'problem', cause: 'subnet-ip-exhausted', status: 'confirmed' },
  world(now, place) {
    const ago = before(now);
    const live = deployed(place, now, 'lockers', {
      revision: 31,
      ago: days(3),
      containers: [{ name: 'app', image: ecrImage(place, 'lockers', '2.8.0'), memory: 1024 }],
    });
    const serving = [1, 2, 4, 5, 7].map((number) => launched(live, number, after(live.startedAt, 2)));
    const waiting = waitsForNetwork(launched(live, 9, ago(4)));
    return inOwnSubnets(
      place,
      serviceWorld(place, now, {
        desired: 6,
        createdAt: ago(days(200)),
        releases: [live],
        tasks: [...serving, waiting],
        quietUntil: ago(5),
      }),
    );
  },
};

const frees = [0, 41, 37];

/** The same world in three small subnets of its own. */
function inOwnSubnets(place: Place, world: Partial<World>): Partial<World> {
  const zones = zonesOf(place);
  const ids = idsOf(place);
  const own = zones.map(({ name }) => `subnet-0${hex(`${place.cluster} lockers subnet ${name}`, 16)}`);
  const moved = zones.reduce(
    (told, { subnet }, index) => replaced(told, subnet, own[index] ?? subnet),
    world,
  );
  return {
    ...moved,
    routeTables: [
      tableOf(place, ids.vpc, `rtb-0${hex(`${place.cluster} lockers table`, 16)}`, own, [
        local('10.31.0.0/16'),
        local('10.30.0.0/16'),
        ...privateRoutes(place, ids),
      ]),
    ],
    subnets: zones.map(({ name }, index) =>
      subnetOf(place, own[index] ?? '', {
        zone: name,
        cidr: `10.31.${index}.0/26`,
        free: frees[index] ?? 0,
        name: `lockers-${name.slice(-1)}`,
      }),
    ),
  };
}
