import { failedStarts } from '../build/failed-starts.ts';
import { ecrImage } from '../build/names.ts';
import { inOwnVpc } from '../build/own-network.ts';
import { days } from '../build/times.ts';
import { aclOf } from '../build/vpc-parts.ts';
import type { Incident } from '../incident.ts';

/** The ACL lets HTTPS in and out; an ACL does not remember connections, and replies come back at high ports. */
export const dairyAclBlocksReplies: Incident = {
  name: 'dairy-acl-blocks-replies',
  title: 'a network ACL refuses the replies that dairy waits for',
  environment: 'staging',
  ask: 'why-stopped dairy staging',
  expected: {
    state: 'problem',
    cause: 'network-acl-blocked',
    status: 'confirmed',
    chain: ['service-start-impaired', 'image-registry-unreachable', 'network-acl-blocked'],
  },
  world(now, place) {
    const container = (tag: string) => ({
      name: 'app',
      image: ecrImage(place, 'dairy', tag),
      memory: 1024,
    });
    const world = failedStarts(place, now, {
      service: 'dairy',
      good: { revision: 18, ago: days(9), containers: [container('2.9.3')] },
      bad: { revision: 19, ago: 37, containers: [container('2.9.4')] },
      during: 'pull',
      givesUpAfter: 193,
      reason: () =>
        `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${container('2.9.4').image}: failed to do request: Head "https://${place.account}.dkr.ecr.${place.region}.amazonaws.com/v2/dairy/manifests/2.9.4": dial tcp 52.94.241.70:443: i/o timeout`,
    });
    const https = { Protocol: '6', PortRange: { From: 443, To: 443 }, CidrBlock: '0.0.0.0/0' };
    return inOwnVpc(place, {
      service: 'dairy',
      world,
      changes: [
        (network, ids) => ({
          ...network,
          networkAcls: [
            aclOf(place, ids.vpc, ids.acl.replace('acl-0', 'acl-1'), ids.privateSubnets, [
              { ...https, Egress: true, RuleAction: 'allow', RuleNumber: 100 },
              { ...https, Egress: false, RuleAction: 'allow', RuleNumber: 100 },
              { CidrBlock: '0.0.0.0/0', Egress: true, Protocol: '-1', RuleAction: 'deny', RuleNumber: 32767 },
              {
                CidrBlock: '0.0.0.0/0',
                Egress: false,
                Protocol: '-1',
                RuleAction: 'deny',
                RuleNumber: 32767,
              },
            ]),
            ...(network.networkAcls ?? []).map((acl) => ({
              ...acl,
              Associations: acl.Associations?.filter(
                ({ SubnetId = '' }) => !ids.privateSubnets.includes(SubnetId),
              ),
            })),
          ],
        }),
      ],
    });
  },
};
