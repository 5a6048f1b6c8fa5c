import type { HostedZoneSummary, VPCRegion } from '@aws-sdk/client-route-53';
import { defineFact, FactFailure } from '../../fact.ts';

const pagesAtMost = 3;

/**
 * The private hosted zones that answer in a VPC of the target's account and region, whoever owns them: those that AWS
 * services put there too. Zones that reach the VPC by a Route 53 Profile are not among them.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html
 */
export const hostedZones = defineFact<HostedZoneSummary[], string>({
  id: 'hosted-zones',
  what: 'the private hosted zones of the VPC',
  // Route 53 asks for the VPC in the caller's name.
  actions: ['route53:ListHostedZonesByVPC', 'ec2:DescribeVpcs'],
  async load({ aws, target }, VPCId) {
    // The SDK's list of regions ends where AWS's does not.
    const VPCRegion = target.region as VPCRegion;
    const zones: HostedZoneSummary[] = [];
    let NextToken: string | undefined;
    for (let page = 0; page < pagesAtMost; page += 1) {
      const answer = await aws.dns.listHostedZonesByVPC({
        VPCId,
        VPCRegion,
        ...(NextToken !== undefined && { NextToken }),
      });
      zones.push(...(answer.HostedZoneSummaries ?? []));
      NextToken = answer.NextToken;
      if (!NextToken) return zones;
    }
    // A zone that was not seen would be taken for one that is not there.
    throw new FactFailure(`${VPCId} has more than ${zones.length} private hosted zones`, 'Failed');
  },
});
