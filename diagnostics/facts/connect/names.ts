import type { DhcpOptions } from '@aws-sdk/client-ec2';
import type { HostedZoneSummary } from '@aws-sdk/client-route-53';
import { defineFact } from '../../fact.ts';
import type { Topology } from '../../network/topology.ts';
import { networkOf } from '../../placement/compute.ts';
import { dhcpOptions, vpcDns } from '../network/ec2-lists.ts';
import { hostedZones } from '../network/hosted-zones.ts';
import { partOf, type Read } from '../read.ts';
import { asKey } from '../security-groups.ts';
import { service } from '../service.ts';
import { subnetsById } from '../subnets.ts';
import { hosts } from './hosts.ts';
import { otherService } from './other-side.ts';

/** How names are resolved where the service calls from. */
export interface CallerNames {
  zones: Read<HostedZoneSummary[]>;
  vpcDns: Topology['vpcDns'];
  dhcpOptions: Read<DhcpOptions>;
}

/** Asked for where the other end has a name in Cloud Map; undefined elsewhere, and where no VPC is known. */
export const callerNames = defineFact<CallerNames | undefined>({
  id: 'caller-names',
  what: 'how names are resolved in the VPC',
  actions: [
    ...new Set([hostedZones, vpcDns, dhcpOptions, subnetsById, hosts].flatMap(({ actions }) => actions)),
  ],
  async load({ read, settle }) {
    const [from, to] = await Promise.all([read(service), read(otherService)]);
    if ((to?.serviceRegistries ?? []).length === 0) return undefined;
    const own = networkOf(from).subnets;
    // The list that the network between the two is read with, so that it is asked for once.
    const places = own.length > 0 ? await read(subnetsById, asKey([...own, ...networkOf(to).subnets])) : [];
    const [host] = own.length > 0 ? [] : await read(hosts);
    const vpc = host?.instance.VpcId ?? places.find(({ SubnetId = '' }) => own.includes(SubnetId))?.VpcId;
    if (vpc === undefined) return undefined;
    const [zones, dns, dhcp] = await Promise.all([
      settle(hostedZones, vpc),
      settle(vpcDns, vpc),
      settle(dhcpOptions, vpc),
    ]);
    return {
      zones: partOf(hostedZones.what, zones),
      vpcDns: partOf(vpcDns.what, dns),
      dhcpOptions: partOf(dhcpOptions.what, dhcp),
    };
  },
});
