import type { DhcpOptions } from '@aws-sdk/client-ec2';
import { type Open, unread } from './steps.ts';
import type { Topology } from './topology.ts';

/** Addresses at which Amazon's resolver answers in every VPC. */
const amazonResolvers = ['AmazonProvidedDNS', '169.254.169.253', 'fd00:ec2::253'];

export type Resolver =
  | { state: 'amazon' }
  /** A DNS attribute of the VPC that Amazon's resolver needs is off. */
  | { state: 'off'; attribute: 'enableDnsSupport' | 'enableDnsHostnames' }
  /** Somebody else's resolver, which may or may not know the private names. */
  | { state: 'custom'; servers: string }
  | Open;

/**
 * Who resolves names in the VPC, and whether names that endpoints make private resolve to the endpoints: both DNS
 * attributes have to be on for that.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html#endpoint-private-dns
 */
export function resolverOf({ vpcDns, dhcpOptions }: Topology): Resolver {
  if (!vpcDns?.ok) return unread('the DNS settings of the VPC', vpcDns);
  const { support, hostnames = true } = vpcDns.value;
  if (!dhcpOptions?.ok) return unread('the DHCP options of the VPC', dhcpOptions);
  const others = otherServers(dhcpOptions.value);
  if (others.length > 0) return { state: 'custom', servers: others.join(', ') };
  if (support && hostnames) return { state: 'amazon' };
  return { state: 'off', attribute: support ? 'enableDnsHostnames' : 'enableDnsSupport' };
}

/** Servers other than Amazon's that a set of DHCP options gives out, in order. */
export function otherServers({ DhcpConfigurations = [] }: DhcpOptions): string[] {
  return DhcpConfigurations.filter(({ Key }) => Key === 'domain-name-servers')
    .flatMap(({ Values = [] }) => Values.map(({ Value }) => Value ?? ''))
    .filter((server) => !amazonResolvers.includes(server))
    .sort();
}
