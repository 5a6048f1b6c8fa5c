import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Service } from '@aws-sdk/client-ecs';
import type {
  Listener,
  LoadBalancer,
  Rule,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from 'vitest';
import { byBalancers } from '#diagnostics/connect/balancer.ts';
import type { Ends, Way } from '#diagnostics/connect/way.ts';
import type { CalledUrl } from '#diagnostics/facts/connect/called-urls.ts';
import type { Front } from '#diagnostics/facts/connect/fronts.ts';
import * as here from '#test/diagnostics/network/vpc.ts';

const { everything, privateSubnet, publicSubnet, tcp, vpc, read } = here;

function service(name: string, subnet: string, group: string): Service {
  const awsvpcConfiguration = { subnets: [subnet], securityGroups: [group] };
  return { serviceName: name, launchType: 'FARGATE', networkConfiguration: { awsvpcConfiguration } };
}

const listener: Listener = {
  ListenerArn: 'arn:listener/app/lb/1/2',
  Port: 80,
  Protocol: 'HTTP',
  DefaultActions: [{ Type: 'forward', TargetGroupArn: 'tg' }],
};
const healthy: TargetHealthDescription = {
  Target: { Id: '10.0.2.9', Port: 8080 },
  TargetHealth: { State: 'healthy' },
};

interface Told {
  balancer?: Partial<LoadBalancer>;
  front?: Partial<Front>;
  listeners?: Listener[];
  rules?: Rule[];
  urls?: CalledUrl[];
  /** Inbound rules of the load balancer's group and of the tasks'. */
  lb?: IpPermission[];
  tasks?: IpPermission[];
  lbOut?: IpPermission[];
}

const fromTask = { UserIdGroupPairs: [{ GroupId: 'sg-0task' }] };
const fromBalancer = { UserIdGroupPairs: [{ GroupId: 'sg-0lb' }] };

function way(told: Told): Way['found'] | undefined {
  const balancer: LoadBalancer = {
    LoadBalancerName: 'lb',
    LoadBalancerArn: 'arn:loadbalancer/app/lb/1',
    Type: 'application',
    Scheme: 'internal',
    SecurityGroups: ['sg-0lb'],
    AvailabilityZones: [{ SubnetId: publicSubnet }],
    ...told.balancer,
  };
  const front: Front = {
    arn: 'tg',
    group: { TargetGroupName: 'api', TargetType: 'ip' },
    targets: read([healthy]),
    balancers: [{ balancer, listeners: told.listeners ?? [listener], rules: read(told.rules ?? []) }],
    ...told.front,
  };
  const ends: Ends = {
    from: service('web', privateSubnet, 'sg-0task'),
    to: {
      ...service('api', here.endpointSubnet, 'sg-0api'),
      loadBalancers: [{ targetGroupArn: 'tg', containerPort: 8080 }],
    },
    port: undefined,
    tasks: [],
    definition: undefined,
    fronts: [front],
    registries: undefined,
    zones: undefined,
    urls: told.urls ?? [],
    hosts: { from: undefined, to: undefined },
    region: here.region,
    topology: vpc({
      securityGroups: read([
        { GroupId: 'sg-0task', IpPermissions: [], IpPermissionsEgress: [everything] },
        {
          GroupId: 'sg-0lb',
          IpPermissions: told.lb ?? [tcp(80, fromTask)],
          IpPermissionsEgress: told.lbOut ?? [everything],
        },
        { GroupId: 'sg-0api', IpPermissions: told.tasks ?? [tcp(8080, fromBalancer)] },
      ]),
    }),
  };
  return byBalancers(ends)[0]?.found;
}

function said(told: Told): string | undefined {
  const result = way(told);
  return result?.state === 'broken' ? result.block.cause : result?.state;
}

const network = { Type: 'network', SecurityGroups: undefined } as const;

describe('a way through a load balancer', () => {
  it.each<[string, string, Told]>([
    ['is open with a rule on each half', 'open-way', {}],
    [
      'breaks where the load balancer does not admit the client',
      'connect-balancer-ingress-missing',
      { lb: [] },
    ],
    [
      'breaks at another port than the listener',
      'connect-balancer-ingress-missing',
      { lb: [tcp(443, fromTask)] },
    ],
    [
      'breaks where the tasks do not admit the load balancer',
      'connect-ingress-missing',
      { tasks: [tcp(8080, fromTask)] },
    ],
    ['breaks where the load balancer lets nothing out', 'connect-egress-missing', { lbOut: [] }],
    [
      'breaks without a listener for the group',
      'connect-no-listener',
      { listeners: [{ ...listener, DefaultActions: [] }] },
    ],
    ['breaks without a target', 'connect-no-targets', { front: { targets: read([]) } }],
    [
      'breaks without a healthy target',
      'connect-targets-unhealthy',
      {
        front: {
          targets: read([{ ...healthy, TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout' } }]),
        },
      },
    ],
    [
      'is open again where one target of two is healthy',
      'open-way',
      { front: { targets: read([healthy, { TargetHealth: { State: 'unhealthy' } }]) } },
    ],
    [
      'is not decided while all targets are new',
      'open',
      { front: { targets: read([{ ...healthy, TargetHealth: { State: 'initial' } }]) } },
    ],
    ['breaks where nothing is attached', 'connect-no-listener', { front: { balancers: [] } }],
  ])('%s', (_told, expected, told) => {
    expect(said(told)).toBe(expected);
  });

  it.each<[string, string, Told]>([
    [
      'admits its own subnet, where it hides the client',
      'open-way',
      { tasks: [tcp(8080, { IpRanges: [{ CidrIp: '10.0.0.0/24' }] })] },
    ],
    [
      'admits the client alone, which it hides',
      'connect-ingress-missing',
      { tasks: [tcp(8080, { IpRanges: [{ CidrIp: '10.0.1.0/24' }] })] },
    ],
    [
      'keeps the client, who is admitted',
      'open-way',
      { front: { keepsClientAddress: true }, tasks: [tcp(8080, { IpRanges: [{ CidrIp: '10.0.1.0/24' }] })] },
    ],
    [
      'keeps the client, and only its own subnet is admitted',
      'connect-ingress-missing',
      { front: { keepsClientAddress: true }, tasks: [tcp(8080, { IpRanges: [{ CidrIp: '10.0.0.0/24' }] })] },
    ],
  ])('of a network load balancer without groups: %s', (_told, expected, told) => {
    expect(said({ balancer: network, ...told })).toBe(expected);
  });
});
