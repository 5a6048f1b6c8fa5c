import type {
  DescribeManagedPrefixListsRequest,
  DescribeManagedPrefixListsResult,
  DescribeNetworkAclsRequest,
  DescribeNetworkAclsResult,
  DescribeRouteTablesRequest,
  DescribeRouteTablesResult,
  GetManagedPrefixListEntriesRequest,
  GetManagedPrefixListEntriesResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../errors.ts';
import type { Account } from '../world.ts';
import { byId, filtered, page } from './ec2-lookup.ts';
import { type Operation, overWorld } from './operation.ts';

export const ec2RouteOperations: Record<string, Operation> = {
  DescribeRouteTables: overWorld(describeRouteTables),
  DescribeNetworkAcls: overWorld(describeNetworkAcls),
  DescribeManagedPrefixLists: overWorld(describeManagedPrefixLists),
  GetManagedPrefixListEntries: overWorld(
    getManagedPrefixListEntries,
    ({ PrefixListId }, { region, id }) => `arn:aws:ec2:${region}:${id}:prefix-list/${PrefixListId}`,
  ),
};

function describeRouteTables(
  input: DescribeRouteTablesRequest,
  { world }: Account,
): DescribeRouteTablesResult {
  const named = byId(
    world.routeTables ?? [],
    input.RouteTableIds,
    ({ RouteTableId }) => RouteTableId,
    (id) => new AwsError('InvalidRouteTableID.NotFound', `The routeTable ID '${id}' does not exist`),
  );
  const found = filtered(named, input.Filters, {
    'route-table-id': ({ RouteTableId }) => [RouteTableId],
    'vpc-id': ({ VpcId }) => [VpcId],
    'association.main': ({ Associations = [] }) => Associations.map(({ Main = false }) => String(Main)),
    'association.subnet-id': ({ Associations = [] }) => Associations.map(({ SubnetId }) => SubnetId),
    'association.gateway-id': ({ Associations = [] }) => Associations.map(({ GatewayId }) => GatewayId),
    'route.nat-gateway-id': ({ Routes = [] }) => Routes.map(({ NatGatewayId }) => NatGatewayId),
  });
  const { items, nextToken } = page(found, 'route tables', input, { most: 100 });
  return { RouteTables: items, NextToken: nextToken };
}

function describeNetworkAcls(
  input: DescribeNetworkAclsRequest,
  { world }: Account,
): DescribeNetworkAclsResult {
  const named = byId(
    world.networkAcls ?? [],
    input.NetworkAclIds,
    ({ NetworkAclId }) => NetworkAclId,
    (id) => new AwsError('InvalidNetworkAclID.NotFound', `The networkAcl ID '${id}' does not exist`),
  );
  const found = filtered(named, input.Filters, {
    'network-acl-id': ({ NetworkAclId }) => [NetworkAclId],
    'vpc-id': ({ VpcId }) => [VpcId],
    default: ({ IsDefault = false }) => [String(IsDefault)],
    'association.subnet-id': ({ Associations = [] }) => Associations.map(({ SubnetId }) => SubnetId),
  });
  const { items, nextToken } = page(found, 'network acls', input);
  return { NetworkAcls: items, NextToken: nextToken };
}

function describeManagedPrefixLists(
  input: DescribeManagedPrefixListsRequest,
  { world }: Account,
): DescribeManagedPrefixListsResult {
  const lists = (world.prefixLists ?? []).map(({ list }) => list);
  const named = byId(lists, input.PrefixListIds, ({ PrefixListId }) => PrefixListId, unknownList);
  const found = filtered(named, input.Filters, {
    'prefix-list-id': ({ PrefixListId }) => [PrefixListId],
    'prefix-list-name': ({ PrefixListName }) => [PrefixListName],
    'owner-id': ({ OwnerId }) => [OwnerId],
  });
  const { items, nextToken } = page(found, 'prefix lists', input, { least: 1, most: 100 });
  return { PrefixLists: items, NextToken: nextToken };
}

function getManagedPrefixListEntries(
  input: GetManagedPrefixListEntriesRequest,
  { world }: Account,
): GetManagedPrefixListEntriesResult {
  const id = input.PrefixListId ?? '';
  const found = world.prefixLists?.find(({ list }) => list.PrefixListId === id);
  if (!found) throw unknownList(id);
  const entries = found.cidrs.map((Cidr) => ({ Cidr }));
  const { items, nextToken } = page(entries, `entries of ${id}`, input, { least: 1, most: 100 });
  return { Entries: items, NextToken: nextToken };
}

function unknownList(id: string): AwsError {
  return new AwsError('InvalidPrefixListID.NotFound', `The prefix list ID '${id}' does not exist`);
}
