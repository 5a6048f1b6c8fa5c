import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { balancerOf } from './balancer.ts';
import { listenerOf, type ToldRule } from './listener.ts';
import { mergeWorlds } from './merge.ts';
import { securityGroupOf } from './network.ts';
import { ownBalancer } from './own-balancer.ts';
import { anywhere, fromService, pair, tcp } from './pair.ts';

interface Told {
  from: string;
  to: string;
  /** What the one calls, by a variable of its container. */
  environment: Record<string, string>;
  rules: readonly ToldRule[];
}

/** Two services, of which one calls the other by an internal load balancer with rules of its own. */
export function internalFront(place: Place, now: Date, { from, to, environment, rules }: Told): World {
  const group = securityGroupOf(place, `${to} load balancer`);
  const balancer = ownBalancer(place, balancerOf(place, to), to, {
    Scheme: 'internal',
    SecurityGroups: [group],
  });
  const inbound = [tcp(8080, { UserIdGroupPairs: [{ GroupId: group }] })];
  const front: Partial<World> = {
    securityGroups: [
      {
        GroupId: group,
        GroupName: `${to}-load-balancer`,
        IpPermissions: [fromService(place, from, 443)],
        IpPermissionsEgress: [anywhere],
      },
    ],
  };
  return mergeWorlds([
    pair(place, now, [
      { service: from, environment },
      { service: to, balancer, inbound },
    ]),
    listenerOf(balancer, rules),
    front,
  ]);
}
