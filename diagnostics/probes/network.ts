import type { VPCRegion } from '@aws-sdk/client-route-53';
import type { Probe } from './probe.ts';

const noId = '0'.repeat(17);
const none = (Name: string, kind: string) => [{ Name, Values: [`${kind}-${noId}`] }];

/** How the actions are tried by which the way of a task is read. */
export const networkProbes: Readonly<Record<string, Probe>> = {
  'ec2:DescribeRouteTables': (aws) => aws.ec2.describeRouteTables({ Filters: none('route-table-id', 'rtb') }),
  'ec2:DescribeNetworkAcls': (aws) => aws.ec2.describeNetworkAcls({ Filters: none('network-acl-id', 'acl') }),
  'ec2:DescribeVpcEndpoints': (aws) =>
    aws.ec2.describeVpcEndpoints({ Filters: none('vpc-endpoint-id', 'vpce') }),
  'ec2:DescribeNatGateways': (aws) => aws.ec2.describeNatGateways({ Filter: none('nat-gateway-id', 'nat') }),
  'ec2:DescribeVpcs': (aws) => aws.ec2.describeVpcs({ Filters: none('vpc-id', 'vpc') }),
  'ec2:DescribeVpcAttribute': (aws) =>
    aws.ec2.describeVpcAttribute({ VpcId: `vpc-${noId}`, Attribute: 'enableDnsSupport' }),
  'ec2:DescribeDhcpOptions': (aws) =>
    aws.ec2.describeDhcpOptions({ Filters: none('dhcp-options-id', 'dopt') }),
  'ec2:DescribeVpcBlockPublicAccessOptions': (aws) => aws.ec2.describeVpcBlockPublicAccessOptions({}),
  'route53:ListHostedZonesByVPC': (aws, { serviceArn }) => {
    const [, , , region = ''] = serviceArn.split(':');
    return aws.dns.listHostedZonesByVPC({ VPCId: `vpc-${noId}`, VPCRegion: region as VPCRegion });
  },
  'ec2:GetManagedPrefixListEntries': (aws) =>
    aws.ec2.getManagedPrefixListEntries({ PrefixListId: `pl-${noId}` }),
  'ec2:DescribeNetworkInterfaces': (aws) =>
    aws.ec2.describeNetworkInterfaces({ Filters: none('network-interface-id', 'eni') }),
  'ec2:DescribeInstances': (aws) => aws.ec2.describeInstances({ Filters: none('instance-id', 'i') }),
};
