import type { Attachment, NetworkConfiguration } from '@aws-sdk/client-ecs';
import type { Place } from '../incident.ts';
import { between, hex, uuid } from './seeded.ts';

interface Zone {
  name: string;
  subnet: string;
  /** The first two numbers of the subnet's addresses, and where its 64 values of the third begin: a /18. */
  prefix: string;
  third: number;
}

/** The three private subnets that all services of an environment share. */
export function zonesOf(place: Place): [Zone, Zone, Zone] {
  const zone = (letter: string, index: number): Zone => ({
    name: `${place.region}${letter}`,
    subnet: `subnet-0${hex(`${place.cluster} subnet ${letter}`, 16)}`,
    prefix: `10.${place.environment === 'prod' ? 20 : 30}`,
    third: index * 64,
  });
  return [zone('a', 0), zone('b', 1), zone('c', 2)];
}

export function vpcOf(place: Place): string {
  return `vpc-0${hex(`${place.cluster} vpc`, 16)}`;
}

export function securityGroupOf(place: Place, of: string): string {
  return `sg-0${hex(`${place.cluster} security group ${of}`, 16)}`;
}

export function networkConfigurationOf(place: Place, service: string): NetworkConfiguration {
  return {
    awsvpcConfiguration: {
      subnets: zonesOf(place).map((zone) => zone.subnet),
      securityGroups: [securityGroupOf(place, service)],
      assignPublicIp: 'DISABLED',
    },
  };
}

/** The network interface that Fargate attaches to a task. */
export function interfaceOf(zone: Zone, seed: string): { attachment: Attachment; address: string } {
  const third = zone.third + between(`${seed} network`, 0, 63);
  const address = `${zone.prefix}.${third}.${between(`${seed} address`, 4, 254)}`;
  const mac = hex(`${seed} mac`, 10).match(/../g) ?? [];
  const details = {
    subnetId: zone.subnet,
    networkInterfaceId: `eni-0${hex(`${seed} eni`, 16)}`,
    macAddress: ['02', ...mac].join(':'),
    privateDnsName: `ip-${address.replaceAll('.', '-')}.${zone.name.slice(0, -1)}.compute.internal`,
    privateIPv4Address: address,
  };
  const attachment = {
    id: uuid(`${seed} attachment`),
    type: 'ElasticNetworkInterface',
    status: 'ATTACHED',
    details: Object.entries(details).map(([name, value]) => ({ name, value })),
  };
  return { attachment, address };
}

/** The private address of a task, where it got one. */
export function addressOf(attachments: readonly Attachment[] | undefined): string | undefined {
  const details = attachments?.flatMap((attachment) => attachment.details ?? []);
  return details?.find(({ name }) => name === 'privateIPv4Address')?.value;
}
