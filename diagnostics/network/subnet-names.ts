import type { Subnet } from '@aws-sdk/client-ec2';
import { subnetInWords } from '../network-words.ts';
import type { Topology } from './topology.ts';

/** The ids of subnets in a text, each where it first stands, with zone and name: `subnet-0a (us-east-1a, private-a)`. */
export function withSubnetNames(
  text: string,
  { subnets }: Pick<Topology, 'subnets'>,
  except: readonly string[] = [],
): string {
  const told = new Set(except);
  return text.replaceAll(/\bsubnet-[0-9a-z]+\b/g, (id) => {
    if (told.has(id)) return id;
    told.add(id);
    const found = subnets?.ok ? subnets.value.find(({ SubnetId }) => SubnetId === id) : undefined;
    return subnetInWords({ subnet: id, ...(found && placeOf(found)) });
  });
}

/** Zone and Name tag, where there are any. */
export function placeOf({ AvailabilityZone, Tags = [] }: Subnet): { zone?: string; name?: string } {
  const name = Tags.find(({ Key }) => Key === 'Name')?.Value;
  return { ...(AvailabilityZone && { zone: AvailabilityZone }), ...(name && { name }) };
}
