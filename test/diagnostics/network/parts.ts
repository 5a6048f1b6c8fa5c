import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import type { Origin, Path, Topology } from '#diagnostics/network/topology.ts';
import * as here from './vpc.ts';

const { read, table, entry, endpoint, tcp, subnet, everything } = here;

export function said(path: Path): string {
  if (path.state === 'reachable') return `reachable by ${path.via}`;
  if (path.state === 'open') return 'open';
  return `${path.doubt === undefined ? '' : 'probably '}${path.cause} at ${path.subject}`;
}

/** What a case is called, what comes of it, and what differs from the VPC in which everything works. */
export type Case = readonly [told: string, expected: string, parts: Partial<Topology>, of?: Partial<Origin>];

export function tables(...routes: Parameters<typeof table>[1]): Partial<Topology> {
  return {
    routeTables: read([
      table('rtb-0private', routes, [here.privateSubnet]),
      table('rtb-0public', [here.toInternet], [here.publicSubnet]),
    ]),
  };
}

export function subnets(of: string, parts: Parameters<typeof subnet>[2]): Partial<Topology> {
  return {
    subnets: read([
      subnet(here.privateSubnet, '10.0.1.0/24', of === here.privateSubnet ? parts : {}),
      subnet(here.publicSubnet, '10.0.0.0/24', of === here.publicSubnet ? parts : {}),
    ]),
  };
}

export function nat(parts: object): Partial<Topology> {
  const one = {
    NatGatewayId: 'nat-0main',
    State: 'available',
    SubnetId: here.publicSubnet,
    ...parts,
  } as const;
  return { natGateways: read([one]) };
}

export function groups(egress: Parameters<typeof tcp>[1][], ingress = [everything]): Partial<Topology> {
  return {
    securityGroups: read([
      { GroupId: 'sg-0task', IpPermissionsEgress: egress },
      { GroupId: 'sg-0endpoint', IpPermissions: ingress },
    ]),
  };
}

export function acl(of: string, entries: ReturnType<typeof entry>[]): Partial<Topology> {
  const all = [here.privateSubnet, here.publicSubnet, here.endpointSubnet];
  const others = all.filter((id) => id !== of).map((SubnetId) => ({ SubnetId }));
  return {
    networkAcls: read([
      { NetworkAclId: 'acl-0own', Associations: [{ SubnetId: of }], Entries: entries },
      { NetworkAclId: 'acl-0rest', Associations: others, Entries: here.openAcl },
    ]),
  };
}

export const only = (from: number, to: number) => ({ Protocol: '6', PortRange: { From: from, To: to } });
export const tgw = { DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId: 'tgw-0', State: 'active' } as const;

export function named([told, expected, parts, of = {}]: Case) {
  return { told, expected, parts, of };
}

const ownZone = { HostedZoneId: 'Z0OWN', Owner: { OwningAccount: here.account } };

export function zones(...names: string[]): Partial<Topology> {
  return { hostedZones: read(names.map((Name) => ({ ...ownZone, Name }))) };
}

export const v6 = { CidrBlock: undefined, Ipv6CidrBlock: '::/0' };

export function having(parts: Partial<VpcEndpoint> = {}, service = 'ecr.api'): Partial<Topology> {
  return { endpoints: read([endpoint(service, parts)]) };
}
