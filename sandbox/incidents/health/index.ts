import type { Incident } from '../incident.ts';
import { almanacLeftoverTarget } from './almanac-leftover-target.ts';
import { atlasZoneNotEnabled } from './atlas-zone-not-enabled.ts';
import { beaconFirstChecks } from './beacon-first-checks.ts';
import { canalAclBetween } from './canal-acl-between.ts';
import { ferryBalancerEgress } from './ferry-balancer-egress.ts';
import { forumFailsOpen } from './forum-fails-open.ts';
import { foundryInstanceGroup } from './foundry-instance-group.ts';
import { kilnDynamicPorts } from './kiln-dynamic-ports.ts';
import { labelsNoListener } from './labels-no-listener.ts';
import { membersHostHeader } from './members-host-header.ts';
import { museumAllDraining } from './museum-all-draining.ts';
import { notaryCheckTool } from './notary-check-tool.ts';
import { paletteIdleGroup } from './palette-idle-group.ts';
import { plannerGraceArithmetic } from './planner-grace-arithmetic.ts';
import { quayPrefixList } from './quay-prefix-list.ts';
import { relayNetworkBalancer } from './relay-network-balancer.ts';
import { stickersCheckPort } from './stickers-check-port.ts';
import { ticketsRedirect } from './tickets-redirect.ts';
import { wishlistGroupBlocks } from './wishlist-group-blocks.ts';

/** Checks that fail for what lies between the load balancer and the task, and checks that only look as if. */
export const health: readonly Incident[] = [
  wishlistGroupBlocks,
  stickersCheckPort,
  plannerGraceArithmetic,
  ticketsRedirect,
  membersHostHeader,
  labelsNoListener,
  atlasZoneNotEnabled,
  notaryCheckTool,
  relayNetworkBalancer,
  ferryBalancerEgress,
  quayPrefixList,
  foundryInstanceGroup,
  canalAclBetween,
  forumFailsOpen,
  paletteIdleGroup,
  museumAllDraining,
  beaconFirstChecks,
  almanacLeftoverTarget,
  kilnDynamicPorts,
];
