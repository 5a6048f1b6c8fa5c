import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import type {
  Listener,
  LoadBalancer,
  Rule,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Ends } from '#diagnostics/connect/way.ts';
import type { CalledUrl } from '#diagnostics/facts/connect/called-urls.ts';
import type { Front } from '#diagnostics/facts/connect/fronts.ts';
import type { Registry } from '#diagnostics/facts/connect/registries.ts';
import type { TaskInstance } from '#diagnostics/facts/network/hosts.ts';
import type { Topology } from '#diagnostics/network/topology.ts';
import * as here from '#test/diagnostics/network/vpc.ts';

const { everything, privateSubnet, publicSubnet, read, tcp, vpc } = here;

/** A service whose tasks have interfaces of their own, in one subnet and one group. */
export function service(name: string, subnet: string, group: string): Service {
  const awsvpcConfiguration = { subnets: [subnet], securityGroups: [group] };
  return { serviceName: name, launchType: 'FARGATE', networkConfiguration: { awsvpcConfiguration } };
}

/** One whose tasks share the network of their instances. */
export function onInstances(name: string): Service {
  return { serviceName: name, launchType: 'EC2' };
}

/** An instance of that name as EC2 and ECS know it. */
export function host(name: string, subnet: string, group: string, address: string): TaskInstance {
  const instance = {
    InstanceId: `i-0${name}`,
    SubnetId: subnet,
    PrivateIpAddress: address,
    SecurityGroups: [{ GroupId: group }],
  };
  return { instance, containerInstance: `arn:ci/${name}`, connected: true };
}

/** A task on it, with its port 8080 bound to one of the instance's. */
export function bound(on: string, hostPort: number): Task {
  const networkBindings = [{ containerPort: 8080, hostPort, protocol: 'tcp' as const }];
  return { lastStatus: 'RUNNING', containerInstanceArn: `arn:ci/${on}`, containers: [{ networkBindings }] };
}

export function mapped(hostPort: number, networkMode: 'bridge' | 'host' = 'bridge'): TaskDefinition {
  return { networkMode, containerDefinitions: [{ portMappings: [{ containerPort: 8080, hostPort }] }] };
}

export const listener: Listener = {
  ListenerArn: 'arn:listener/app/lb/1/2',
  Port: 80,
  Protocol: 'HTTP',
  DefaultActions: [{ Type: 'forward', TargetGroupArn: 'tg' }],
};

export const healthy: TargetHealthDescription = {
  Target: { Id: '10.0.2.9', Port: 8080 },
  TargetHealth: { State: 'healthy' },
};

export const fromTask = { UserIdGroupPairs: [{ GroupId: 'sg-0task' }] };
export const fromBalancer = { UserIdGroupPairs: [{ GroupId: 'sg-0lb' }] };

export interface Told {
  balancer?: Partial<LoadBalancer>;
  front?: Partial<Front>;
  listeners?: Listener[];
  rules?: Rule[];
  urls?: CalledUrl[];
  /** Inbound rules of the load balancer's group and of the tasks', and outbound ones. */
  lb?: IpPermission[];
  tasks?: IpPermission[];
  lbOut?: IpPermission[];
  clientOut?: IpPermission[];
  ends?: Partial<Ends>;
  registries?: Registry[];
  topology?: Partial<Topology>;
}

/** `web` in a private subnet calls `api`, by a load balancer in a public one. */
export function endsOf(told: Told): Ends {
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
    to: service('api', here.endpointSubnet, 'sg-0api'),
    port: undefined,
    tasks: [],
    definition: undefined,
    fronts: [front],
    registries: told.registries,
    namespaces: {},
    endpoints: {},
    zones: undefined,
    urls: told.urls ?? [],
    hosts: { from: undefined, to: undefined },
    region: here.region,
    topology: vpc({
      securityGroups: read([
        { GroupId: 'sg-0task', IpPermissions: [], IpPermissionsEgress: told.clientOut ?? [everything] },
        {
          GroupId: 'sg-0lb',
          IpPermissions: told.lb ?? [tcp(80, fromTask)],
          IpPermissionsEgress: told.lbOut ?? [everything],
        },
        { GroupId: 'sg-0api', IpPermissions: told.tasks ?? [tcp(8080, fromBalancer)] },
      ]),
      ...told.topology,
    }),
    ...told.ends,
  };
  const loadBalancers = [{ targetGroupArn: 'tg', containerPort: 8080 }];
  return { ...ends, to: { loadBalancers, ...ends.to } };
}
