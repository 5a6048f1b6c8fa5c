import type { NetworkInterface, Route } from '@aws-sdk/client-ec2';
import type { RouteTarget } from './routes.ts';
import type { Traffic } from './security-groups.ts';
import { open, type Step, shown } from './steps.ts';
import type { Hop, Topology } from './topology.ts';

/**
 * What becomes of traffic that a route leads out of sight, or to a machine of the VPC. A machine decides by itself what
 * it passes on, but never gets what is not meant for it while its source/destination check is on.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html#EIP_Disable_SrcDestCheck
 */
export function beyond(
  { route, target, hop }: { route: Route; target: RouteTarget; hop: Hop },
  traffic: Traffic,
  topology: Topology,
): Step {
  const seen = interfaceOf(route, topology);
  const name = seen ? inWords(seen, target) : `${target.what} ${target.id}`;
  if (seen?.SourceDestCheck !== true || !isMachine(seen)) {
    const reason = `${hop.subject} sends ${hop.rule} to ${name}, behind which nothing can be seen`;
    return open(reason, `what lies behind ${target.id}`);
  }
  const id = seen.NetworkInterfaceId ?? '';
  const asked = [
    'DescribeNetworkInterfaces',
    `describe-network-interfaces --network-interface-ids ${id}`,
  ] as const;
  return {
    state: 'broken',
    cause: 'network-appliance-drops',
    ...traffic,
    kind: 'route',
    subject: id,
    sentence: `${hop.subject} sends ${hop.rule} to ${name}, whose source/destination check is on: it drops what is not meant for itself.`,
    evidence: [...hop.evidence, shown(topology, asked, 'SourceDestCheck', 'true')],
  };
}

function interfaceOf({ NetworkInterfaceId }: Route, { appliances }: Topology): NetworkInterface | undefined {
  if (NetworkInterfaceId === undefined || !appliances?.ok) return undefined;
  return appliances.value.find((one) => one.NetworkInterfaceId === NetworkInterfaceId);
}

/** Interfaces of AWS's own services do as their service does. */
function isMachine({ Attachment, InterfaceType = 'interface' }: NetworkInterface): boolean {
  return Attachment?.InstanceId !== undefined && ['interface', 'efa'].includes(InterfaceType);
}

/** `instance i-0 (eni-0, "nat") in subnet-0b`. */
function inWords(seen: NetworkInterface, target: RouteTarget): string {
  const { NetworkInterfaceId: id = '', Attachment, SubnetId, Description, TagSet = [] } = seen;
  const label = TagSet.find(({ Key }) => Key === 'Name')?.Value ?? Description;
  const machine = Attachment?.InstanceId;
  const [what, rest] = machine === undefined ? [`${target.what} ${id}`, []] : [`instance ${machine}`, [id]];
  const known = [...rest, ...(label ? [`“${label}”`] : [])];
  return `${what}${known.length > 0 ? ` (${known.join(', ')})` : ''}${SubnetId ? ` in ${SubnetId}` : ''}`;
}
