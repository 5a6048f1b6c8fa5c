import type {
  Instance,
  IpPermission,
  NetworkAcl,
  NetworkInterface,
  SecurityGroup,
} from '@aws-sdk/client-ec2';
import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { mergeWorlds } from './merge.ts';
import { securityGroupOf, vpcOf } from './network.ts';
import { vpcWorld } from './vpc.ts';
import { aclOf, openEntries } from './vpc-parts.ts';

/**
 * The world with the VPC that all services share, the security groups that they name, and the interfaces and instances
 * behind their tasks, unless it tells its own.
 */
export function withNetwork(place: Place, world: World): World {
  const shared = vpcWorld(place);
  const own = new Set(world.subnets?.map(({ SubnetId }) => SubnetId));
  const told = new Set(world.securityGroups?.map(({ GroupId }) => GroupId));
  const vpcs = vpcBySubnet([...(world.subnets ?? []), ...(shared.subnets ?? [])]);
  const named = [...new Set([...world.services.flatMap(groupsOf), hostGroup(place)])].filter(
    (id) => !told.has(id),
  );
  const portsOf = (id: string) =>
    world.services.filter((service) => groupsOf(service).includes(id)).flatMap(servedPorts);
  const homeOf = (id: string) => {
    const service = world.services.find((candidate) => groupsOf(candidate).includes(id));
    return vpcs.get(subnetsOf(service)[0] ?? '') ?? vpcOf(place);
  };
  const subnets = (shared.subnets ?? []).filter(({ SubnetId }) => !own.has(SubnetId));
  const groups = named.map((id) => ({ ...groupOf(place, id, portsOf(id)), VpcId: homeOf(id) }));
  const merged = mergeWorlds([world, { ...shared, subnets, securityGroups: groups }]);
  return {
    ...merged,
    networkAcls: withEverySubnet(place, merged),
    networkInterfaces: [
      ...(world.networkInterfaces ?? []),
      ...world.tasks.flatMap((task) => interfaceOfTask(place, task, world.services, vpcs) ?? []),
    ],
    instances: [
      ...(world.instances ?? []),
      ...world.containerInstances
        .filter(({ ec2InstanceId }) => !world.instances?.some((one) => one.InstanceId === ec2InstanceId))
        .map((instance) => hostOf(place, instance, vpcs)),
    ],
  };
}

/** A subnet that nobody gave a network ACL is associated with the default one of its VPC. */
function withEverySubnet(place: Place, { subnets = [], networkAcls = [] }: World): NetworkAcl[] {
  const told = new Set(
    networkAcls.flatMap(({ Associations = [] }) => Associations.map(({ SubnetId }) => SubnetId)),
  );
  return networkAcls.map((acl) => {
    const bare = subnets.filter(({ SubnetId, VpcId }) => VpcId === acl.VpcId && !told.has(SubnetId));
    if (!acl.IsDefault || bare.length === 0) return acl;
    const ids = bare.map(({ SubnetId = '' }) => SubnetId);
    const more = aclOf(place, acl.VpcId ?? '', acl.NetworkAclId ?? '', ids, openEntries).Associations ?? [];
    return { ...acl, Associations: [...(acl.Associations ?? []), ...more] };
  });
}

function vpcBySubnet(subnets: World['subnets'] = []): Map<string, string> {
  return new Map(subnets.map(({ SubnetId = '', VpcId = '' }) => [SubnetId, VpcId]));
}

/** The interface of a task that has not stopped; those of stopped tasks are gone. */
function interfaceOfTask(
  place: Place,
  task: Task,
  services: readonly Service[],
  vpcs: Map<string, string>,
): NetworkInterface | undefined {
  const attached = task.attachments?.find(({ type }) => type === 'ElasticNetworkInterface');
  const detail = (name: string) => attached?.details?.find((one) => one.name === name)?.value;
  const [id, SubnetId = ''] = [detail('networkInterfaceId'), detail('subnetId')];
  if (id === undefined || task.lastStatus === 'STOPPED') return undefined;
  const service = services.find(({ serviceName }) => task.group === `service:${serviceName}`);
  return {
    NetworkInterfaceId: id,
    SubnetId,
    VpcId: vpcs.get(SubnetId) ?? vpcOf(place),
    OwnerId: place.account,
    InterfaceType: 'interface',
    Status: 'in-use',
    PrivateIpAddress: detail('privateIPv4Address'),
    AvailabilityZone: task.availabilityZone,
    Description: task.taskArn?.replace(':task/', ':attachment/'),
    Groups: groupsOf(service).map((GroupId) => ({ GroupId })),
    Ipv6Addresses: [],
  };
}

function hostGroup(place: Place): string {
  return securityGroupOf(place, 'container instances');
}

/** The EC2 instance behind a container instance, in the subnet that its agent tells, without a public address. */
export function hostOf(
  place: Place,
  instance: ContainerInstance,
  vpcs: ReadonlyMap<string, string> = new Map(),
): Instance {
  const attribute = (name: string) => instance.attributes?.find((one) => one.name === name)?.value;
  const SubnetId = attribute('ecs.subnet-id') ?? '';
  const VpcId = vpcs.get(SubnetId) ?? vpcOf(place);
  return {
    InstanceId: instance.ec2InstanceId,
    SubnetId,
    VpcId,
    State: { Name: 'running', Code: 16 },
    Placement: { AvailabilityZone: attribute('ecs.availability-zone') },
    SecurityGroups: [{ GroupId: hostGroup(place), GroupName: `${place.cluster}-instances` }],
    NetworkInterfaces: [],
  };
}

/** The security group of a service's tasks with these inbound rules alone. */
export function lettingIn(place: Place, service: string, rules: readonly IpPermission[]): Partial<World> {
  const group = groupOf(place, securityGroupOf(place, service), []);
  return { securityGroups: [{ ...group, GroupName: service, IpPermissions: [...rules] }] };
}

function groupsOf(service: Service | undefined): string[] {
  return service?.networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [];
}

function subnetsOf(service: Service | undefined): string[] {
  return service?.networkConfiguration?.awsvpcConfiguration?.subnets ?? [];
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
