import { balancerOf } from '../build/balancer.ts';
import { securityGroupOf, vpcOf } from '../build/network.ts';
import { ownBalancer } from '../build/own-balancer.ts';
import { anywhere, fromService, pair, tcp } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const teapotPublicName: Incident = {
  name: 'teapot-public-name',
  title: 'the load balancer of samovar admits the group of teapot, which calls it by its public name',
  environment: 'staging',
  ask: 'connect teapot samovar staging',
  expected: { state: 'problem', cause: 'connect-public-name', status: 'confirmed' },
  world(now, place) {
    const group = securityGroupOf(place, 'samovar load balancer');
    const balancer = ownBalancer(place, balancerOf(place, 'samovar'), 'samovar', { SecurityGroups: [group] });
    const world = pair(place, now, [
      { service: 'teapot' },
      { service: 'samovar', balancer, inbound: [tcp(8080, { UserIdGroupPairs: [{ GroupId: group }] })] },
    ]);
    const front = {
      GroupId: group,
      GroupName: 'samovar-load-balancer',
      OwnerId: place.account,
      VpcId: vpcOf(place),
      IpPermissions: [fromService(place, 'teapot', 443)],
      IpPermissionsEgress: [anywhere],
    };
    return { ...world, securityGroups: [...(world.securityGroups ?? []), front] };
  },
};
