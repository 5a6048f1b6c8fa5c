import type { NatGateway, RouteTable, Subnet } from '@aws-sdk/client-ec2';
import { isOpen, tableOf } from './place.ts';
import type { Line } from './survey.ts';
import type { Topology } from './topology.ts';

/** What fixes look up to name real things; what was not read is missing. */

export function subnetFor({ subnets }: Topology, id: string): Subnet | undefined {
  return subnets?.ok ? subnets.value.find(({ SubnetId }) => SubnetId === id) : undefined;
}

/** The subnets of these ways, each once. */
export function subnetsOf(lines: readonly Line[], topology: Topology): Subnet[] {
  const ids = [...new Set(lines.map(({ place }) => place.subnet))];
  return ids.flatMap((id) => subnetFor(topology, id) ?? []);
}

/** The route tables of these subnets, each once. */
export function tablesOf(subnets: readonly Subnet[], topology: Topology): RouteTable[] {
  const tables = subnets.flatMap((subnet) => {
    const table = tableOf(topology, subnet);
    return isOpen(table) ? [] : [table];
  });
  return [...new Set(tables)];
}

/** Another NAT gateway of the VPC that is available, public, and not known to lead nowhere itself. */
export function usableNat(topology: Topology, vpc: string | undefined, not?: string): string | undefined {
  const { natGateways } = topology;
  const all = natGateways?.ok ? natGateways.value : [];
  return all.find(
    (nat) =>
      nat.VpcId === vpc &&
      nat.State === 'available' &&
      (nat.ConnectivityType ?? 'public') === 'public' &&
      nat.NatGatewayId !== not &&
      mayLeadOut(nat, topology),
  )?.NatGatewayId;
}

function mayLeadOut({ SubnetId, VpcId }: NatGateway, topology: Topology): boolean {
  if (SubnetId === undefined) return true;
  const table = tableOf(topology, { SubnetId, VpcId });
  return (
    isOpen(table) ||
    (table.Routes ?? []).some(
      ({ GatewayId, State }) => GatewayId?.startsWith('igw-') === true && State !== 'blackhole',
    )
  );
}
