import type { RouteTable, SecurityGroup } from '@aws-sdk/client-ec2';
import type { FactContext } from '../../fact.ts';
import type { Topology } from '../../network/topology.ts';
import { partOf } from '../read.ts';
import { prefixListEntries } from './ec2-lists.ts';

/** Of AWS's own lists behind gateway endpoints the addresses decide nothing. */
export function listsInRoutes(tables: readonly RouteTable[]): string[] {
  return tables.flatMap(({ Routes = [] }) =>
    Routes.flatMap(({ DestinationPrefixListId, GatewayId }) =>
      DestinationPrefixListId && !GatewayId?.startsWith('vpce-') ? [DestinationPrefixListId] : [],
    ),
  );
}

/** Those that rules name, where a rule for everything does not make them needless. */
export function listsInGroups(groups: readonly SecurityGroup[]): string[] {
  return groups.flatMap(({ IpPermissions = [], IpPermissionsEgress = [] }) => {
    const isOpen = IpPermissionsEgress.some(
      ({ IpProtocol, IpRanges = [] }) =>
        IpProtocol === '-1' && IpRanges.some(({ CidrIp }) => CidrIp === '0.0.0.0/0'),
    );
    const rules = [...IpPermissions, ...(isOpen ? [] : IpPermissionsEgress)];
    return rules.flatMap(({ PrefixListIds = [] }) =>
      PrefixListIds.map(({ PrefixListId = '' }) => PrefixListId),
    );
  });
}

/** The entries of each, as far as they can be read. */
export async function listsOf(
  { settle }: FactContext,
  ids: readonly string[],
): Promise<Topology['prefixLists']> {
  const entries = await Promise.all(
    [...new Set(ids)].map(
      async (id) => [id, partOf(`the entries of ${id}`, await settle(prefixListEntries, id))] as const,
    ),
  );
  return Object.fromEntries(entries);
}
