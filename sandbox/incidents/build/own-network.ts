import type { IpPermission, Route, SecurityGroup } from '@aws-sdk/client-ec2';
import type { World } from '#sandbox/aws/world.ts';
import type { Place } from '../incident.ts';
import { mergeWorlds } from './merge.ts';
import { securityGroupOf, zonesOf } from './network.ts';
import { replaced } from './replaced.ts';
import { type Ids, idsOf, vpcWorld } from './vpc.ts';
import { interfaceEndpoint, local } from './vpc-parts.ts';

export type Network = Partial<World>;

/** One thing that is different in a VPC of its own. */
export type Change = (network: Network, ids: Ids, place: Place) => Network;

interface Told {
  /** Also names the VPC. */
  service: string;
  world: Partial<World>;
  /** Whether the tasks sit in the public subnets; the private ones unless told. */
  in?: 'public';
  /** Whether tasks get a public address. */
  publicAddress?: boolean;
  changes?: readonly Change[];
}

/** The world of one service, moved into a VPC of its own that is set up like the shared one but for the changes. */
export function inOwnVpc(place: Place, told: Told): Partial<World> {
  const { service, in: where, publicAddress = false, changes = [] } = told;
  const ids = idsOf(place, service);
  const homes = where === 'public' ? ids.publicSubnets : ids.privateSubnets;
  const moved = zonesOf(place).reduce(
    (world, { subnet }, index) => replaced(world, subnet, homes[index] ?? subnet),
    told.world,
  );
  const network = changes.reduce((made, change) => change(made, ids, place), vpcWorld(place, service));
  const settled = publicAddress ? withPublicAddress(moved) : moved;
  return mergeWorlds([settled, network]);
}

function withPublicAddress(world: Partial<World>): Partial<World> {
  return replaced(world, 'DISABLED', 'ENABLED');
}

/** Other routes beside the local one in the table of the private subnets. */
export function privateRoutes(routes: readonly Route[]): Change {
  return (network, ids, place) => ({
    ...network,
    routeTables: network.routeTables?.map((table) =>
      table.RouteTableId === ids.privateTable
        ? { ...table, Routes: [local(`${zonesOf(place)[0].prefix}.0.0/16`), ...routes] }
        : table,
    ),
  });
}

/** No way out but endpoints: neither NAT gateway nor default route. */
export const isolated: Change = (network, ids, place) => ({
  ...privateRoutes([
    ...(network.routeTables ?? []).flatMap(({ RouteTableId, Routes = [] }) =>
      RouteTableId === ids.privateTable ? Routes.filter(({ GatewayId }) => GatewayId === ids.s3) : [],
    ),
  ])(network, ids, place),
  natGateways: [],
});

interface EndpointStory {
  /** Names of the group that the endpoints have, told apart by it; `endpoints` unless told. */
  group?: string;
  /** Who is let in at 443; the tasks of the service unless told. */
  admits?: readonly IpPermission[];
  policy?: string;
  privateDns?: boolean;
}

/** Interface endpoints in the private subnets, with a security group of their own. */
export function endpoints(service: string, names: readonly string[], story: EndpointStory = {}): Change {
  return (network, ids, place) => {
    const { group: label = 'endpoints', policy, privateDns } = story;
    const id = securityGroupOf(place, `${service} ${label}`);
    const admits = story.admits ?? [fromGroup(securityGroupOf(place, service))];
    const group: SecurityGroup = {
      GroupId: id,
      GroupName: `${service}-${label}`,
      Description: 'Interface endpoints',
      OwnerId: place.account,
      VpcId: ids.vpc,
      IpPermissions: [...admits],
      IpPermissionsEgress: [],
      Tags: [],
    };
    return mergeWorlds([
      network,
      {
        securityGroups: [group],
        vpcEndpoints: names.map((name) =>
          interfaceEndpoint(place, {
            vpc: ids.vpc,
            service: name,
            subnets: ids.privateSubnets,
            group,
            policy,
            privateDns,
          }),
        ),
      },
    ]);
  };
}

/** HTTPS from the members of a security group. */
export function fromGroup(GroupId: string): IpPermission {
  return { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId }] };
}

/** The security group of the service's tasks, with these outbound rules. */
export function lettingOut(service: string, rules: readonly IpPermission[]): Change {
  return (network, ids, place) =>
    mergeWorlds([
      network,
      {
        securityGroups: [
          {
            GroupId: securityGroupOf(place, service),
            GroupName: service,
            Description: 'Tasks of one service',
            OwnerId: place.account,
            VpcId: ids.vpc,
            IpPermissions: [],
            IpPermissionsEgress: [...rules],
            Tags: [],
          },
        ],
      },
    ]);
}
