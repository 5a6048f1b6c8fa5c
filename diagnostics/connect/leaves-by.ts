import { isOpen, subnetOf } from '../network/place.ts';
import { publicAddresses } from '../network/prefixes.ts';
import { wayTo } from '../network/routes.ts';
import type { Origin, Topology } from '../network/topology.ts';
import { listed } from '../words.ts';

/** The addresses that the internet sees of tasks: those of their NAT gateways; their own ones are not known. */
export function leavesBy(
  origins: readonly Origin[],
  topology: Topology,
): { what: string; addresses: string[] } {
  const gateways = origins.map((origin) => {
    const subnet = subnetOf(topology, origin.subnet);
    if (isOpen(subnet)) return undefined;
    const way = wayTo(subnet, publicAddresses(4), topology, { elsewhere: true });
    return way.state === 'route' && way.target.kind === 'nat-gateway' ? way.target.id : undefined;
  });
  const own = { what: 'the public address of the tasks', addresses: [] };
  const { natGateways } = topology;
  if (gateways.some((id) => id === undefined) || !natGateways?.ok) return own;
  const ids = [...new Set(gateways)].filter((id) => id !== undefined);
  const each = ids.map((id) => {
    const gateway = natGateways.value.find(({ NatGatewayId }) => NatGatewayId === id);
    return (gateway?.NatGatewayAddresses ?? []).flatMap(({ PublicIp }) => PublicIp ?? []);
  });
  // Without those of one gateway the others would be taken for all.
  const addresses = each.some((own) => own.length === 0) ? [] : each.flat();
  return { what: `NAT gateway ${listed(ids)}`, addresses };
}
