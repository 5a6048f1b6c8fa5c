import { balancerOf } from '../build/balancer.ts';
import { listenerOf, onHost, onPath } from '../build/listener.ts';
import { mergeWorlds } from '../build/merge.ts';
import { securityGroupOf } from '../build/network.ts';
import { ownBalancer } from '../build/own-balancer.ts';
import { anywhere, fromService, pair, tcp } from '../build/pair.ts';
import type { Incident } from '../incident.ts';

export const scribeRuleShadowed: Incident = {
  name: 'scribe-rule-shadowed',
  title: 'a rule for every path of the host takes what scribe sends to blotter',
  environment: 'prod',
  ask: 'connect scribe blotter prod',
  expected: { state: 'problem', cause: 'connect-rule-shadowed', status: 'likely' },
  world(now, place) {
    const group = securityGroupOf(place, 'blotter load balancer');
    const balancer = ownBalancer(place, balancerOf(place, 'blotter'), 'blotter', {
      Scheme: 'internal',
      SecurityGroups: [group],
    });
    const world = pair(place, now, [
      { service: 'scribe', environment: { BLOTTER_URL: 'https://desk.example.com/blotter' } },
      { service: 'blotter', balancer, inbound: [tcp(8080, { UserIdGroupPairs: [{ GroupId: group }] })] },
    ]);
    const maintenance = {
      Type: 'fixed-response',
      FixedResponseConfig: { StatusCode: '503', ContentType: 'text/plain', MessageBody: 'back soon' },
    } as const;
    const rules = listenerOf(balancer, [
      { priority: 5, conditions: [onHost('desk.example.com')], action: maintenance },
      { priority: 20, conditions: [onHost('desk.example.com'), onPath('/blotter/*')] },
    ]);
    const securityGroups = [
      {
        GroupId: group,
        GroupName: 'blotter-load-balancer',
        IpPermissions: [fromService(place, 'scribe', 443)],
        IpPermissionsEgress: [anywhere],
      },
    ];
    return mergeWorlds([world, rules, { securityGroups }]);
  },
};
