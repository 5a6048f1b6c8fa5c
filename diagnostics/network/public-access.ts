import type { Subnet } from '@aws-sdk/client-ec2';
import type { Traffic } from './security-groups.ts';
import { open, type Step, shown, unread } from './steps.ts';
import type { Topology } from './topology.ts';

/**
 * Whether block public access of the account keeps a subnet from a gateway to the internet. The subnet's own state
 * already counts exclusions. Where only ingress is blocked, NAT and egress-only gateways still work, and a public
 * address does not.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
 */
export function throughPublicAccess(
  subnet: Subnet,
  by: 'internet-gateway' | 'nat-gateway' | 'egress-only-gateway',
  traffic: Traffic,
  topology: Topology,
): Step {
  const own = subnet.BlockPublicAccessStates?.InternetGatewayBlockMode;
  const { blockPublicAccess: option } = topology;
  const passed: Step = { state: 'passed', hops: [] };
  if (own === undefined && !option?.ok) return unread('block public access of the VPCs', option);
  const mode = own ?? (option?.ok ? option.value.InternetGatewayBlockMode : undefined) ?? 'off';
  const blocks = mode === 'block-bidirectional' || (mode === 'block-ingress' && by === 'internet-gateway');
  if (mode === 'off' || (mode === 'block-ingress' && !blocks)) return passed;
  const id = subnet.SubnetId ?? '';
  if (!blocks) return open(`block public access is set to ${mode}`, 'what that mode lets through');
  if (own === undefined && option?.ok && option.value.ExclusionsAllowed !== 'not-allowed')
    return open(
      `block public access is set to ${mode}, and whether ${id} is excluded was not read`,
      `the exclusions of ${subnet.VpcId ?? 'the VPC'} and ${id}`,
    );
  const value = own ?? `${mode} for the account`;
  const seen =
    own === undefined
      ? (['DescribeVpcBlockPublicAccessOptions', 'describe-vpc-block-public-access-options'] as const)
      : (['DescribeSubnets', `describe-subnets --subnet-ids ${id}`] as const);
  const field =
    own === undefined
      ? 'VpcBlockPublicAccessOptions.InternetGatewayBlockMode'
      : 'BlockPublicAccessStates.InternetGatewayBlockMode';
  return {
    state: 'broken',
    cause: 'network-public-access-blocked',
    ...traffic,
    kind: 'public-access-block',
    subject: id,
    rule: mode,
    sentence: `Block public access keeps ${id} from the internet (${mode}).`,
    evidence: [shown(topology, seen, field, value)],
  };
}
