import type { Subnet } from '@aws-sdk/client-ec2';
import type { Place } from '../incident.ts';
import { vpcOf } from './network.ts';

interface SubnetStory {
  zone: string;
  cidr: string;
  free: number;
  name: string;
  /** Absent: that of the environment. */
  vpc?: string;
}

/** A subnet as EC2 describes it. */
export function subnetOf(place: Place, id: string, { zone, cidr, free, name, vpc }: SubnetStory): Subnet {
  return {
    SubnetId: id,
    SubnetArn: `arn:aws:ec2:${place.region}:${place.account}:subnet/${id}`,
    VpcId: vpc ?? vpcOf(place),
    State: 'available',
    CidrBlock: cidr,
    AvailableIpAddressCount: free,
    AvailabilityZone: zone,
    AvailabilityZoneId: `${zoneIds[place.region] ?? 'use1'}-az${'abc'.indexOf(zone.slice(-1)) + 1}`,
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    Ipv6Native: false,
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    OwnerId: place.account,
    Tags: [{ Key: 'Name', Value: name }],
  };
}

const zoneIds: Record<string, string> = { 'us-east-1': 'use1', 'eu-west-1': 'euw1' };
