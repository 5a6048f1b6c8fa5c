import type { Incident } from '../incident.ts';
import { auditLogGroupMissing } from './audit-log-group-missing.ts';
import { bookingJsonKeyMissing } from './booking-json-key-missing.ts';
import { cardsKmsDenied } from './cards-kms-denied.ts';
import { chatNotExecutable } from './chat-not-executable.ts';
import { courierEcrAuthUnreachable } from './courier-ecr-auth-unreachable.ts';
import { docsRateLimited } from './docs-rate-limited.ts';
import { edgePortTaken } from './edge-port-taken.ts';
import { embeddingsDiskFull } from './embeddings-disk-full.ts';
import { loyaltyNoAddresses } from './loyalty-no-addresses.ts';
import { mediaEfsTimeout } from './media-efs-timeout.ts';
import { presenceLogsUnreachable } from './presence-logs-unreachable.ts';
import { quotesLayerUnreachable } from './quotes-layer-unreachable.ts';
import { ratingsParameterMissing } from './ratings-parameter-missing.ts';
import { recommenderRepoPolicy } from './recommender-repo-policy.ts';
import { rewardsRoleNotAssumed } from './rewards-role-not-assumed.ts';
import { scoringNoManifest } from './scoring-no-manifest.ts';
import { shippingVersionVanished } from './shipping-version-vanished.ts';
import { tariffsEnvFileDenied } from './tariffs-env-file-denied.ts';
import { telemetryStartTimeout } from './telemetry-start-timeout.ts';
import { timeseriesEbsAttach } from './timeseries-ebs-attach.ts';
import { trackingRegistryUnreachable } from './tracking-registry-unreachable.ts';
import { uploadsEfsDenied } from './uploads-efs-denied.ts';
import { visionGpuDriver } from './vision-gpu-driver.ts';

/** Tasks that fail before a container of theirs runs: pull, secrets, roles, logs, volumes, network, start. */
export const starts: readonly Incident[] = [
  auditLogGroupMissing,
  bookingJsonKeyMissing,
  cardsKmsDenied,
  chatNotExecutable,
  courierEcrAuthUnreachable,
  docsRateLimited,
  edgePortTaken,
  embeddingsDiskFull,
  loyaltyNoAddresses,
  mediaEfsTimeout,
  presenceLogsUnreachable,
  quotesLayerUnreachable,
  ratingsParameterMissing,
  recommenderRepoPolicy,
  rewardsRoleNotAssumed,
  scoringNoManifest,
  shippingVersionVanished,
  tariffsEnvFileDenied,
  telemetryStartTimeout,
  timeseriesEbsAttach,
  trackingRegistryUnreachable,
  uploadsEfsDenied,
  visionGpuDriver,
];
