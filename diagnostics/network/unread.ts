import type { NotChecked } from '../report.ts';
import type { Topology } from './topology.ts';

/** Parts that could not be read, each once. */
export function unreadOf(topology: Topology): NotChecked[] {
  const { prefixLists, subnets, routeTables, networkAcls, securityGroups, endpoints } = topology;
  const { natGateways, vpcDns, dhcpOptions, hostedZones, appliances, blockPublicAccess } = topology;
  const parts = [
    subnets,
    routeTables,
    networkAcls,
    securityGroups,
    endpoints,
    natGateways,
    vpcDns,
    dhcpOptions,
    hostedZones,
    appliances,
    blockPublicAccess,
    ...Object.values(prefixLists),
  ];
  return parts.flatMap((part) => (part && !part.ok ? [part.notChecked] : []));
}
