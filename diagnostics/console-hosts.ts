import { isRegion, partitionOf } from '#src/aws/partition.ts';

/** The consoles of AWS that are known: one for each partition, with an address of its own in every region. */
const hosts: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/**
 * `https://us-east-1.console.aws.amazon.com`; undefined where no region is known, or no console of its partition.
 * It opens in the account that the reader is signed in to.
 */
export function consoleIn(region: string | undefined): string | undefined {
  const host = region !== undefined && isRegion(region) ? hostOf(partitionOf(region)) : undefined;
  return host && `https://${region}.${host}`;
}

/** Of what has no region, such as roles; undefined for a partition whose console is not known. */
export function globalConsole(partition: string): string | undefined {
  const host = hostOf(partition);
  return host && `https://${host}`;
}

function hostOf(partition: string): string | undefined {
  return Object.hasOwn(hosts, partition) ? hosts[partition] : undefined;
}
