import type { Incident } from '../incident.ts';
import { almondWrongRegion } from './almond-wrong-region.ts';
import { apiaryTrustOtherAccount } from './apiary-trust-other-account.ts';
import { charterKeyPolicy } from './charter-key-policy.ts';
import { cinemaVersionStage } from './cinema-version-stage.ts';
import { escrowExplicitDeny } from './escrow-explicit-deny.ts';
import { harborLogsDenied } from './harbor-logs-denied.ts';
import { jettyAccessPointGone } from './jetty-access-point-gone.ts';
import { kennelTaskRoleDenied } from './kennel-task-role-denied.ts';
import { operaRoleDeleted } from './opera-role-deleted.ts';
import { orchardLogGroupDeleted } from './orchard-log-group-deleted.ts';
import { paddockMissingColons } from './paddock-missing-colons.ts';
import { penstockEndpointGuard } from './penstock-endpoint-guard.ts';
import { quarryNameForArn } from './quarry-name-for-arn.ts';
import { refineryLoginDenied } from './refinery-login-denied.ts';
import { rivetUnknownCondition } from './rivet-unknown-condition.ts';
import { saddleOrganization } from './saddle-organization.ts';
import { scannerKeyDisabled } from './scanner-key-disabled.ts';
import { tandemTrustLists } from './tandem-trust-lists.ts';
import { tickerBoundary } from './ticker-boundary.ts';
import { tinsmithInstanceRoleApp } from './tinsmith-instance-role-app.ts';
import { torchlightZoneWithoutTarget } from './torchlight-zone-without-target.ts';
import { umberWidePolicy } from './umber-wide-policy.ts';
import { velvetRotated } from './velvet-rotated.ts';
import { walnutSecretPolicy } from './walnut-secret-policy.ts';
import { whimbrelKeyGrant } from './whimbrel-key-grant.ts';

/** Roles, rights, secrets, keys, log groups and file systems: what is refused or gone, and what only looks so. */
export const access: readonly Incident[] = [
  almondWrongRegion,
  charterKeyPolicy,
  cinemaVersionStage,
  escrowExplicitDeny,
  harborLogsDenied,
  kennelTaskRoleDenied,
  torchlightZoneWithoutTarget,
  jettyAccessPointGone,
  apiaryTrustOtherAccount,
  operaRoleDeleted,
  orchardLogGroupDeleted,
  paddockMissingColons,
  penstockEndpointGuard,
  quarryNameForArn,
  refineryLoginDenied,
  rivetUnknownCondition,
  saddleOrganization,
  scannerKeyDisabled,
  whimbrelKeyGrant,
  tandemTrustLists,
  tickerBoundary,
  tinsmithInstanceRoleApp,
  umberWidePolicy,
  velvetRotated,
  walnutSecretPolicy,
];
