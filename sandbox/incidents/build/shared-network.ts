import type { IpPermission, SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import type { Service } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { securityGroupOf, vpcOf, zonesOf } from './network.ts';
import { between } from './seeded.ts';

interface SubnetStory {
  zone: string;
  cidr: string;
  free: number;
  name: string;
}

/** A subnet as EC2 describes it. */
export function subnetOf(place: Place, id: string, { zone, cidr, free, name }: SubnetStory): Subnet {
  return {
    SubnetId: id,
    SubnetArn: `arn:aws:ec2:${place.region}:${place.account}:subnet/${id}`,
    VpcId: vpcOf(place),
    State: 'available',
    CidrBlock: cidr,
    AvailableIpAddressCount: free,
    AvailabilityZone: zone,
    AvailabilityZoneId: `${zoneIds[place.region] ?? 'use1'}-az${'abc'.indexOf(zone.slice(-1)) + 1}`,
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
    OwnerId: place.account,
    Tags: [{ Key: 'Name', Value: name }],
  };
}

const zoneIds: Record<string, string> = { 'us-east-1': 'use1', 'eu-west-1': 'euw1' };

/** The world with the subnets that all services share and the security groups that they name, unless it tells its own. */
export function withNetwork(place: Place, world: World): World {
  const own = new Set(world.subnets?.map(({ SubnetId }) => SubnetId));
  const shared = zonesOf(place).filter(({ subnet }) => !own.has(subnet));
  const told = new Set(world.securityGroups?.map(({ GroupId }) => GroupId));
  const named = [...new Set(world.services.flatMap(groupsOf))].filter((id) => !told.has(id));
  const portsOf = (id: string) =>
    world.services.filter((service) => groupsOf(service).includes(id)).flatMap(servedPorts);
  return {
    ...world,
    subnets: [
      ...(world.subnets ?? []),
      ...shared.map(({ subnet, name, prefix, third }) =>
        subnetOf(place, subnet, {
          zone: name,
          cidr: `${prefix}.${third}.0/18`,
          free: between(`${subnet} free`, 14_200, 15_900),
          name: `${place.cluster}-private-${name.slice(-1)}`,
        }),
      ),
      ...publicSubnets(place, world).filter(({ SubnetId }) => !own.has(SubnetId)),
    ],
    securityGroups: [...(world.securityGroups ?? []), ...named.map((id) => groupOf(place, id, portsOf(id)))],
  };
}

/** The subnets of the load balancers, one in each zone, at the upper end of the VPC's range. */
function publicSubnets(place: Place, { loadBalancers }: World): Subnet[] {
  const zones = loadBalancers.flatMap(({ AvailabilityZones }) => AvailabilityZones ?? []);
  const subnets = new Map(zones.map(({ SubnetId = '', ZoneName = '' }) => [SubnetId, ZoneName]));
  return [...subnets].map(([id, zone]) =>
    subnetOf(place, id, {
      zone,
      cidr: `${zonesOf(place)[0].prefix}.${240 + 4 * 'abc'.indexOf(zone.slice(-1))}.0/22`,
      free: between(`${id} free`, 960, 1_012),
      name: `${place.cluster}-public-${zone.slice(-1)}`,
    }),
  );
}

/** The security group of a service's tasks with these inbound rules alone. */
export function lettingIn(place: Place, service: string, rules: readonly IpPermission[]): Partial<World> {
  const group = groupOf(place, securityGroupOf(place, service), []);
  return { securityGroups: [{ ...group, GroupName: service, IpPermissions: [...rules] }] };
}

function groupsOf({ networkConfiguration }: Service): string[] {
  return networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [];
}

function servedPorts({ loadBalancers = [] }: Service): number[] {
  return loadBalancers.flatMap(({ containerPort }) => containerPort ?? []);
}

/** Lets the environment's load balancer in, at the ports that the service is registered with. */
function groupOf(place: Place, id: string, ports: readonly number[]): SecurityGroup {
  return {
    GroupId: id,
    GroupName: `tasks-${id.slice(-6)}`,
    Description: 'Tasks of one service',
    OwnerId: place.account,
    VpcId: vpcOf(place),
    IpPermissions: [...new Set(ports)].map((port) => ({
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      UserIdGroupPairs: [{ GroupId: securityGroupOf(place, 'load balancer'), UserId: place.account }],
    })),
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    Tags: [],
  };
}
