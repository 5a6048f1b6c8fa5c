import type { SecurityGroup } from '@aws-sdk/client-ec2';
import type { Listener, LoadBalancer, Rule, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { vpcOf } from './network.ts';
import { hex } from './seeded.ts';

/**
 * The world with what its load balancers need to serve, unless an incident tells its own: a listener for each with a
 * rule for every target group that belongs to it, and the security groups that they name.
 */
export function withListeners(place: Place, world: World): World {
  const told = new Set(world.listeners?.map(({ LoadBalancerArn }) => LoadBalancerArn));
  const bare = world.loadBalancers.filter(({ LoadBalancerArn }) => !told.has(LoadBalancerArn));
  const listeners = bare.map((balancer) => listenerOf(place, balancer, world.targetGroups));
  const groups = new Set(world.securityGroups?.map(({ GroupId }) => GroupId));
  const named = [...new Set(world.loadBalancers.flatMap(({ SecurityGroups }) => SecurityGroups ?? []))];
  return {
    ...world,
    listeners: [...(world.listeners ?? []), ...listeners],
    listenerRules: {
      ...world.listenerRules,
      ...Object.fromEntries(
        listeners.map((listener) => [
          listener.ListenerArn ?? '',
          rulesOf(place, listener, world.targetGroups),
        ]),
      ),
    },
    securityGroups: [
      ...(world.securityGroups ?? []),
      ...named.filter((id) => !groups.has(id)).map((id) => balancerGroup(place, id)),
    ],
  };
}

function listenerOf(place: Place, balancer: LoadBalancer, groups: readonly TargetGroup[]): Listener {
  const { LoadBalancerArn: arn = '', Type } = balancer;
  const own = groups.find(({ LoadBalancerArns }) => LoadBalancerArns?.includes(arn));
  const network = Type === 'network';
  const certificate = `arn:aws:acm:${place.region}:${place.account}:certificate/2c41d6f0-9b1e-4f0a-8a5d-${hex(arn, 12)}`;
  return {
    ListenerArn: `${arn.replace(':loadbalancer/', ':listener/')}/${hex(`${arn} listener`, 16)}`,
    LoadBalancerArn: arn,
    Port: 443,
    Protocol: network ? 'TCP' : 'HTTPS',
    ...(!network && {
      Certificates: [{ CertificateArn: certificate }],
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    }),
    DefaultActions: network
      ? [{ Type: 'forward', TargetGroupArn: own?.TargetGroupArn, Order: 1 }]
      : [
          {
            Type: 'fixed-response',
            Order: 1,
            FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'not here' },
          },
        ],
  };
}

/** Network load balancers have no rules beside the default action. */
function rulesOf(place: Place, listener: Listener, groups: readonly TargetGroup[]): Rule[] {
  const { ListenerArn: arn = '', LoadBalancerArn: balancer = '', Protocol } = listener;
  if (Protocol === 'TCP') return [];
  return groups
    .filter(({ LoadBalancerArns }) => LoadBalancerArns?.includes(balancer))
    .map(({ TargetGroupArn, TargetGroupName = '' }, index) => ({
      RuleArn: `${arn.replace(':listener/', ':listener-rule/')}/${hex(`${TargetGroupName} rule`, 16)}`,
      Priority: String(10 + index),
      Conditions: [
        {
          Field: 'host-header',
          HostHeaderConfig: { Values: [`${TargetGroupName}.${place.cluster}.example.com`] },
        },
      ],
      Actions: [
        {
          Type: 'forward',
          TargetGroupArn,
          Order: 1,
          ForwardConfig: { TargetGroups: [{ TargetGroupArn, Weight: 1 }] },
        },
      ],
      IsDefault: false,
    }));
}

function balancerGroup(place: Place, id: string): SecurityGroup {
  return {
    GroupId: id,
    GroupName: `${place.cluster}-load-balancer`,
    Description: 'HTTPS from everywhere',
    OwnerId: place.account,
    VpcId: vpcOf(place),
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [] },
    ],
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    Tags: [],
  };
}
