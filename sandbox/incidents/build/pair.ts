import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Service } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import type { Balancer } from './balancer.ts';
import { mergeWorlds } from './merge.ts';
import { ecrImage } from './names.ts';
import { securityGroupOf, vpcOf } from './network.ts';
import { standing } from './standing.ts';
import type { ContainerStory } from './task-definition.ts';

interface Member {
  service: string;
  /** Absent: none. */
  balancer?: Balancer;
  desired?: number;
  /** Minutes since its newest deployment. */
  ago?: number;
  /** Absent: nothing comes in, everything goes out. */
  inbound?: IpPermission[];
  outbound?: IpPermission[];
  /** Plain variables of its container. */
  environment?: Record<string, string>;
  /** What its author set beside that. */
  more?(service: Service): Partial<Service>;
}

/** Everything out, as AWS makes a security group. */
export const anywhere: IpPermission = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

export function tcp(port: number, other: Partial<IpPermission>): IpPermission {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...other };
}

/** A rule that names the security group of another service. */
export function fromService(place: Place, service: string, port: number): IpPermission {
  const GroupId = securityGroupOf(place, service);
  return tcp(port, { UserIdGroupPairs: [{ GroupId, UserId: place.account }] });
}

/** Two services that run, of which one calls the other. */
export function pair(place: Place, now: Date, members: readonly [Member, Member]): Partial<World> {
  return mergeWorlds(members.map((member) => memberWorld(place, now, member)));
}

function memberWorld(place: Place, now: Date, told: Member): Partial<World> {
  const { service, balancer, desired = 2, ago = 2_000, inbound = [], outbound = [anywhere], more } = told;
  const base = standing(place, now, {
    service,
    ago,
    desired,
    ...(balancer && { balancer }),
    ...(told.environment && { version: { containers: [appWith(place, service, told.environment)] } }),
  });
  const bare: Partial<World> = balancer
    ? base
    : { ...base, targetGroups: [], loadBalancers: [], targetHealth: {} };
  return {
    ...bare,
    services: (base.services ?? []).map((one) => {
      const plain = balancer ? one : { ...one, loadBalancers: [] };
      return { ...plain, ...more?.(plain) };
    }),
    securityGroups: [
      {
        GroupId: securityGroupOf(place, service),
        GroupName: service,
        Description: `Tasks of ${service}`,
        OwnerId: place.account,
        VpcId: vpcOf(place),
        IpPermissions: inbound,
        IpPermissionsEgress: outbound,
        Tags: [],
      },
    ],
  };
}

function appWith(place: Place, service: string, environment: Record<string, string>): ContainerStory {
  const image = ecrImage(place, service, '3.2.1');
  return { name: 'app', image, memory: 1024, port: 8080, environment };
}

/**
 * Service Connect as a service of it, by the ARN that it has in Cloud Map, or as a client alone, set for the newest
 * deployment.
 */
export function inNamespace(
  service: Service,
  namespace: string,
  called?: string,
  discoveryArn?: string,
): Partial<Service> {
  const services = called
    ? [{ portName: 'http', discoveryName: called, clientAliases: [{ port: 80, dnsName: called }] }]
    : [];
  const serviceConnectConfiguration = { enabled: true, namespace, services };
  const serviceConnectResources = called ? [{ discoveryName: called, discoveryArn }] : [];
  return {
    deployments: service.deployments?.map((one) =>
      one.status === 'PRIMARY' ? { ...one, serviceConnectConfiguration, serviceConnectResources } : one,
    ),
  };
}
