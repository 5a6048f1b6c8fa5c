import type { Subnet } from '@aws-sdk/client-ec2';
import type { HostedZoneSummary } from '@aws-sdk/client-route-53';
import { type Open, open } from './steps.ts';
import type { Destination, Topology } from './topology.ts';

type Named = Extract<Destination, { kind: 'aws' | 'internet' }>;

/** What a service's public name begins with, where that is not the name of its endpoint. */
const beginnings: Record<string, string> = {
  'ecr.api': 'api.ecr',
  'ecr.dkr': 'dkr.ecr',
  'ecs-agent': 'ecs-a',
  'ecs-telemetry': 'ecs-t',
};

/**
 * The public names by which a destination is asked for. Below the name of a registry or of S3 stands that of an account
 * or a bucket, where it is known. From a subnet without IPv4 the names of both families are used, too.
 * Source: ECS Developer Guide, "Using a VPC in IPv6-only mode"; AWS General Reference, "Service endpoints and quotas".
 */
export function namesOf(destination: Named, { Ipv6Native }: Subnet): readonly string[] {
  if (destination.kind === 'internet') return [destination.host];
  const { service, region, hosts = [] } = destination;
  const own = hosts.length > 0 ? hosts : [nameOf(destination)];
  return Ipv6Native === true ? [...own, `${service.split('.')[0]}.${region}.api.aws`] : own;
}

/** The name that an interface endpoint with private DNS takes, and all below it. */
function nameOf({ service, region }: Extract<Destination, { kind: 'aws' }>): string {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `${beginnings[service] ?? service}.${region}.${suffix}`;
}

/**
 * Whether an endpoint of the service can take the name that it is asked for by. A registry's name of both families is
 * another one, which endpoints of ECR do not serve.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
 */
export function isOfService(destination: Extract<Destination, { kind: 'aws' }>): boolean {
  const { hosts = [] } = destination;
  const own = nameOf(destination);
  return hosts.length === 0 || hosts.some((host) => host === own || host.endsWith(`.${own}`));
}

/** A zone for a longer name than an endpoint's own, such as that of one registry, which comes before the endpoint. */
export function zoneBefore(
  destination: Extract<Destination, { kind: 'aws' }>,
  subnet: Subnet,
  topology: Topology,
): ZoneFound | undefined {
  const found = zoneFor(namesOf(destination, subnet), topology);
  return found && domainOf(found.zone).endsWith(`.${nameOf(destination)}`) ? found : undefined;
}

export interface ZoneFound {
  zone: HostedZoneSummary;
  /** The name that it answers for. */
  name: string;
}

/**
 * The private hosted zone that answers for one of these names in the VPC: of several the longest, and for what is not in
 * it nobody else. Both DNS attributes of the VPC have to be on for that.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
 */
export function zoneFor(names: readonly string[], { hostedZones, vpcDns }: Topology): ZoneFound | undefined {
  if (!hostedZones?.ok || (vpcDns?.ok && vpcDns.value.hostnames === false)) return undefined;
  const found = names.flatMap((name) =>
    hostedZones.value
      .filter((zone) => !isOfEndpoint(zone) && answersFor(domainOf(zone), name.toLowerCase()))
      .map((zone) => ({ zone, name })),
  );
  return found.toSorted((a, b) => domainOf(b.zone).length - domainOf(a.zone).length)[0];
}

/** Private DNS of an interface endpoint is such a zone itself, and is judged with its endpoint. */
function isOfEndpoint({ Owner }: HostedZoneSummary): boolean {
  return Owner?.OwningService?.startsWith('vpce') === true;
}

function domainOf({ Name = '' }: HostedZoneSummary): string {
  return Name.toLowerCase().replace(/\.$/, '');
}

function answersFor(domain: string, name: string): boolean {
  return domain === '' || name === domain || name.endsWith(`.${domain}`);
}

/** Where a zone answers, its records say what the name leads to. */
export function byZone({ zone, name }: ZoneFound, vpc: string | undefined): Open {
  const { HostedZoneId = '', Owner } = zone;
  const whose = Owner?.OwningAccount ?? Owner?.OwningService;
  const owner = whose ? ` of ${whose}` : '';
  return open(
    `private hosted zone ${domainOf(zone)} (${HostedZoneId}${owner}) answers for ${name} in ${vpc ?? 'the VPC'}`,
    `the records of hosted zone ${HostedZoneId}`,
  );
}
