import type { Subnet, VpcEndpoint } from '@aws-sdk/client-ec2';
import { throughAcl } from './network-acls.ts';
import { isOpen, tableOf } from './place.ts';
import { publicAddresses, spanOf, spansOf, without } from './prefixes.ts';
import { targetOf } from './routes.ts';
import { type Traffic, throughGroups } from './security-groups.ts';
import type { Broken } from './steps.ts';
import type { Origin, Path, Topology } from './topology.ts';

/** Addresses that only a private name leads to. */
const privateAddresses = spansOf(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']);

/**
 * A way by the public name that is broken, where the name may be a private one: a private hosted zone can lead it to an
 * endpoint whose private DNS is off, or to one of another VPC, behind a transit gateway or a peering connection. Which
 * zones a VPC has is not read, so that the way is open then, unless nothing leaves for a private address either.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
 */
export function unlessHidden(broken: Broken, { origin, subnet, traffic, interfaces, topology }: Asked): Path {
  const hidden = hiddenWay(subnet, interfaces, topology);
  if (hidden === undefined || blocksPrivate(origin, traffic, topology)) return broken;
  return {
    state: 'open',
    reason: `${broken.sentence.slice(0, -1)}, unless ${hidden}`,
    decide: `the private hosted zones of ${subnet.VpcId ?? 'the VPC'}`,
  };
}

interface Asked {
  origin: Origin;
  subnet: Subnet;
  traffic: Traffic;
  /** Those of the service in this VPC that do not take its own name. */
  interfaces: readonly VpcEndpoint[];
  topology: Topology;
}

function hiddenWay(
  subnet: Subnet,
  interfaces: readonly VpcEndpoint[],
  topology: Topology,
): string | undefined {
  const unnamed = interfaces.find(
    ({ PrivateDnsEnabled, State }) =>
      PrivateDnsEnabled !== true && ['available', undefined].includes(State?.toLowerCase()),
  );
  if (unnamed) return `a private hosted zone leads to ${unnamed.VpcEndpointId}, whose private DNS is off`;
  const table = tableOf(topology, subnet);
  if (isOpen(table)) return undefined;
  const beyond = (table.Routes ?? []).find(
    (route) =>
      route.State !== 'blackhole' &&
      targetOf(route).kind === 'beyond' &&
      isPrivate(route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock),
  );
  if (!beyond) return undefined;
  const { what, id } = targetOf(beyond);
  return `a private hosted zone leads to an endpoint behind ${what} ${id}`;
}

/** Whether a route takes private addresses; one by prefix list may. */
function isPrivate(cidr: string | undefined): boolean {
  const span = spanOf(cidr ?? '');
  if (!span) return true;
  return publicAddresses(span.family).reduce((left, one) => without(left, one), [span]).length > 0;
}

/** Whether a group or an ACL keeps the traffic from every private address, too. */
function blocksPrivate(origin: Origin, traffic: Traffic, topology: Topology): boolean {
  const peer = { name: 'a private address', spans: privateAddresses, groups: undefined };
  const gate = { groups: origin.securityGroups, direction: 'out', cause: 'network-egress-blocked' } as const;
  return [
    throughGroups(gate, traffic, peer, topology),
    throughAcl(origin.subnet, true, traffic, peer, topology),
  ].some(({ state }) => state === 'broken');
}
