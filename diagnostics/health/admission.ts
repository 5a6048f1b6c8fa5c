import type { SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import { addressesOf } from '../network/place.ts';
import { type Family, type Span, spansOf } from '../network/prefixes.ts';
import { throughGroups } from '../network/security-groups.ts';
import type { Topology } from '../network/topology.ts';

/** Security groups of one interface, all of which count together, and the way that is asked about. */
export interface Gate {
  groups: readonly string[];
  direction: 'in' | 'out';
}

/** The other end: its security groups, and every address that it can have. */
export interface Peer {
  groups: readonly string[];
  spans: readonly Span[];
}

export type Admission =
  | { state: 'admitted' }
  /** `rules` is what stands in the place of the one that is missing. */
  | { state: 'blocked'; rules: string }
  /** What keeps it from being decided. */
  | { state: 'unknown'; why: string };

/** Whether the rules of these groups let a check on this TCP port through, as far as they were read. */
export function admits(
  found: readonly SecurityGroup[],
  { groups, direction }: Gate,
  port: number,
  peer: Peer,
): Admission {
  const said = throughGroups(
    { groups, direction, cause: direction === 'in' ? 'network-ingress-blocked' : 'network-egress-blocked' },
    { port, protocol: 'tcp' },
    { name: 'the other end', ...peer },
    onlyWith(found),
  );
  if (said.state === 'passed') return { state: 'admitted' };
  if (said.state === 'open') return { state: 'unknown', why: said.reason };
  return { state: 'blocked', rules: said.evidence[0]?.value ?? '' };
}

/** A network of which nothing else was read. */
export function onlyWith(found: readonly SecurityGroup[]): Topology {
  return {
    account: '',
    region: '',
    securityGroups: { ok: true, value: found },
    subnets: undefined,
    routeTables: undefined,
    networkAcls: undefined,
    endpoints: undefined,
    natGateways: undefined,
    prefixLists: {},
    vpcDns: undefined,
    dhcpOptions: undefined,
    blockPublicAccess: undefined,
  };
}

export function familyOf(address: string): Family {
  return address.includes(':') ? 6 : 4;
}

/** Where nobody knows which: any address at all, so that only a rule for all of them admits it for certain. */
export function anywhere(family: Family): Span[] {
  return spansOf([family === 4 ? '0.0.0.0/0' : '::/0']);
}

/** The addresses that a balancer's nodes can have, in all its subnets; anywhere where some of them are not known. */
export function spansIn(subnets: readonly Subnet[], ids: readonly string[], family: Family): Span[] {
  const known = ids.flatMap((id) => subnets.find(({ SubnetId }) => SubnetId === id) ?? []);
  const spans = known.flatMap((subnet) => addressesOf(subnet, family));
  return known.length === ids.length && spans.length > 0 ? spans : anywhere(family);
}
