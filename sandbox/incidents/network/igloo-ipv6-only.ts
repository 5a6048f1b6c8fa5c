import { inOwnVpc, lettingOut, privateRoutes } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import type { Incident } from '../incident.ts';

/** The agent speaks IPv6 with AWS, and the image is named by the registry's address that has only IPv4. */
export const iglooIpv6Only: Incident = {
  name: 'igloo-ipv6-only',
  title: 'the subnets of igloo have only IPv6, and ECR is asked for by IPv4',
  environment: 'staging',
  ask: 'network igloo staging',
  expected: { state: 'problem', cause: 'network-ipv4-missing', status: 'confirmed' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'igloo',
      world: quietService(place, now, 'igloo', {
        revision: 3,
        tag: '0.3.1',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        privateRoutes([
          {
            DestinationIpv6CidrBlock: '::/0',
            EgressOnlyInternetGatewayId: 'eigw-0c4d19e27b8a63f15',
            Origin: 'CreateRoute',
            State: 'active',
          },
        ]),
        lettingOut('igloo', [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }]),
        (network, ids) => ({
          ...network,
          networkAcls: network.networkAcls?.map((acl) => ({
            ...acl,
            Entries: [
              ...(acl.Entries ?? []),
              ...[true, false].map((Egress) => ({
                CidrBlock: undefined,
                Ipv6CidrBlock: '::/0',
                Egress,
                Protocol: '-1',
                RuleAction: 'allow' as const,
                RuleNumber: 101,
              })),
            ],
          })),
          natGateways: [],
          vpcEndpoints: [],
          subnets: network.subnets?.map((subnet, index) =>
            ids.privateSubnets.includes(subnet.SubnetId ?? '')
              ? {
                  ...subnet,
                  CidrBlock: undefined,
                  Ipv6Native: true,
                  EnableDns64: false,
                  Ipv6CidrBlockAssociationSet: [
                    {
                      AssociationId: `subnet-cidr-assoc-0${index}a7c3e95d1f2b4806`,
                      Ipv6CidrBlock: `2a05:d018:6c:${index}00::/64`,
                      Ipv6CidrBlockState: { State: 'associated' },
                    },
                  ],
                }
              : subnet,
          ),
        }),
      ],
    });
  },
};
