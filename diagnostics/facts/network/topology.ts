import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { defineFact } from '../../fact.ts';
import type { Topology } from '../../network/topology.ts';
import { partOf, type Read } from '../read.ts';
import { securityGroups } from '../security-groups.ts';
import { subnetsById } from '../subnets.ts';
import { aroundVpc } from './around-vpc.ts';
import {
  blockPublicAccess,
  dhcpOptions,
  dnsSupport,
  natGateways,
  networkAcls,
  prefixListEntries,
  routeTables,
  vpcEndpoints,
  vpcEndpointsOf,
} from './ec2-lists.ts';
import { hostedZones } from './hosted-zones.ts';
import { appliances } from './hosts.ts';

/** Where tasks sit: the subnets and security groups of their interfaces. */
export interface TopologyKey {
  /** As `asKey` puts them. */
  subnets: readonly string[];
  groups: readonly string[];
}

/**
 * The network around these subnets and groups, as far as it can be read; what cannot is marked, with the reason.
 * Two rounds of calls, and a third where an endpoint's security group, the main route table or that of a NAT gateway
 * leads to more, or where not every VPC of the region resolves names through Amazon.
 */
export const topology = defineFact<Topology, TopologyKey>({
  id: 'topology',
  what: 'the network of the tasks',
  actions: [
    ...new Set(
      [
        subnetsById,
        securityGroups,
        routeTables,
        networkAcls,
        vpcEndpoints,
        natGateways,
        blockPublicAccess,
        dnsSupport,
        dhcpOptions,
        prefixListEntries,
        hostedZones,
        appliances,
      ].flatMap(({ actions }) => actions),
    ),
  ],
  async load(context, { subnets: ids, groups }) {
    const { settle, target } = context;
    const [subnets, tables, own, endpoints, nats] = await Promise.all([
      settle(subnetsById, ids),
      settle(routeTables, ids),
      settle(securityGroups, groups),
      settle(vpcEndpoints),
      settle(natGateways),
    ]);
    const found = subnets.ok ? subnets.value : [];
    const vpc = found[0]?.VpcId;
    const base = {
      account: target.account,
      region: target.region,
      subnets: partOf(subnetsById.what, subnets),
      routeTables: partOf(routeTables.what, tables),
      securityGroups: partOf(securityGroups.what, own),
      natGateways: partOf(natGateways.what, nats),
    };
    if (vpc === undefined)
      return {
        ...base,
        networkAcls: undefined,
        endpoints: undefined,
        prefixLists: {},
        vpcDns: undefined,
        dhcpOptions: undefined,
        blockPublicAccess: undefined,
      };
    const all: Read<readonly VpcEndpoint[]> =
      endpoints.ok && !endpoints.value.complete
        ? partOf(vpcEndpoints.what, await settle(vpcEndpointsOf, vpc))
        : endpoints.ok
          ? { ok: true, value: endpoints.value.items.filter(({ VpcId }) => VpcId === vpc) }
          : partOf(vpcEndpoints.what, endpoints);
    const known = {
      vpc,
      found,
      tables: tables.ok ? tables.value : [],
      groups: own.ok ? own.value : [],
      nats: nats.ok ? nats.value : [],
      endpoints: all.ok ? all.value : [],
    };
    return { ...base, endpoints: all, ...(await aroundVpc(context, known, base)) };
  },
});
