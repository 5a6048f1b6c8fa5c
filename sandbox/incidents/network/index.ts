import type { Incident } from '../incident.ts';
import { aviaryNatWithoutIgw } from './aviary-nat-without-igw.ts';
import { beehiveNoPublicAddress } from './beehive-no-public-address.ts';
import { cabinetEgressEmptied } from './cabinet-egress-emptied.ts';
import { dairyAclBlocksReplies } from './dairy-acl-blocks-replies.ts';
import { easelEndpointPolicy } from './easel-endpoint-policy.ts';
import { falconCapturedByEndpoint } from './falcon-captured-by-endpoint.ts';
import { granaryOneOfThree } from './granary-one-of-three.ts';
import { harvestImageAbroad } from './harvest-image-abroad.ts';
import { iglooIpv6Only } from './igloo-ipv6-only.ts';
import { jasminePublicAccessBlocked } from './jasmine-public-access-blocked.ts';
import { kettleNatFailed } from './kettle-nat-failed.ts';
import { lanternPrivateNat } from './lantern-private-nat.ts';
import { mangoTransitGateway } from './mango-transit-gateway.ts';
import { nectarCustomResolver } from './nectar-custom-resolver.ts';
import { otterPolicyCondition } from './otter-policy-condition.ts';
import { pepperNatElsewhere } from './pepper-nat-elsewhere.ts';
import { quasarSharedSubnets } from './quasar-shared-subnets.ts';
import { radishEndpointsOnly } from './radish-endpoints-only.ts';
import { rampartEgressByList } from './rampart-egress-by-list.ts';
import { saffronPublicAddresses } from './saffron-public-addresses.ts';
import { umbraPrivateZone } from './umbra-private-zone.ts';
import { verveNatSubnetAcl } from './verve-nat-subnet-acl.ts';
import { wicketNatInstance } from './wicket-nat-instance.ts';

/** What stands in the way of a task, hop by hop, and ways that only look broken. */
export const network: readonly Incident[] = [
  aviaryNatWithoutIgw,
  beehiveNoPublicAddress,
  cabinetEgressEmptied,
  dairyAclBlocksReplies,
  easelEndpointPolicy,
  falconCapturedByEndpoint,
  granaryOneOfThree,
  harvestImageAbroad,
  iglooIpv6Only,
  jasminePublicAccessBlocked,
  kettleNatFailed,
  lanternPrivateNat,
  mangoTransitGateway,
  nectarCustomResolver,
  otterPolicyCondition,
  pepperNatElsewhere,
  quasarSharedSubnets,
  radishEndpointsOnly,
  saffronPublicAddresses,
  rampartEgressByList,
  umbraPrivateZone,
  verveNatSubnetAcl,
  wicketNatInstance,
];
