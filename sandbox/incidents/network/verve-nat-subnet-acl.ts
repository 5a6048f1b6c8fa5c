import { inOwnVpc } from '../build/own-network.ts';
import { quietService } from '../build/quiet.ts';
import { aclOf } from '../build/vpc-parts.ts';
import type { Incident } from '../incident.ts';

const everything = { CidrBlock: '0.0.0.0/0', Protocol: '-1', RuleAction: 'deny', RuleNumber: 32767 } as const;
const tcp = { CidrBlock: '0.0.0.0/0', Protocol: '6', RuleAction: 'allow', RuleNumber: 100 } as const;

/** The ACL of the public subnets knows of replies from the internet, and not of what their NAT gateway takes in. */
export const verveNatSubnetAcl: Incident = {
  name: 'verve-nat-subnet-acl',
  title: 'the network ACL of the public subnets keeps verve from its NAT gateway',
  environment: 'staging',
  ask: 'network verve staging',
  expected: { state: 'problem', cause: 'network-acl-blocked', status: 'confirmed' },
  world(now, place) {
    return inOwnVpc(place, {
      service: 'verve',
      world: quietService(place, now, 'verve', {
        revision: 14,
        tag: '2.2.1',
        desired: 3,
        deployed: 6,
        web: false,
      }),
      changes: [
        (network, ids) => ({
          ...network,
          networkAcls: [
            aclOf(place, ids.vpc, ids.acl.replace('acl-0', 'acl-1'), ids.publicSubnets, [
              { ...tcp, Egress: true, PortRange: { From: 0, To: 65535 } },
              { ...tcp, Egress: false, PortRange: { From: 1024, To: 65535 } },
              { ...everything, Egress: true },
              { ...everything, Egress: false },
            ]),
            ...(network.networkAcls ?? []).map((acl) => ({
              ...acl,
              Associations: acl.Associations?.filter(
                ({ SubnetId = '' }) => !ids.publicSubnets.includes(SubnetId),
              ),
            })),
          ],
        }),
      ],
    });
  },
};
