import type { Incident } from '../incident.ts';
import { bitternLayersDenied } from './bittern-layers-denied.ts';
import { curlewOtherAccount } from './curlew-other-account.ts';
import { dunlinPushedLate } from './dunlin-pushed-late.ts';
import { fieldfareTagMoved } from './fieldfare-tag-moved.ts';
import { fulmarPublic } from './fulmar-public.ts';
import { gannetDualStack } from './gannet-dual-stack.ts';
import { godwitFirstPull } from './godwit-first-pull.ts';
import { heronRepositoryMissing } from './heron-repository-missing.ts';
import { kestrelExplicitDeny } from './kestrel-explicit-deny.ts';
import { lapwingPrivateRegistry } from './lapwing-private-registry.ts';
import { loomInstanceRole } from './loom-instance-role.ts';
import { merlinNoExecutionRole } from './merlin-no-execution-role.ts';
import { ospreyArchived } from './osprey-archived.ts';
import { pipitOrganization } from './pipit-organization.ts';
import { ploverDigestExpired } from './plover-digest-expired.ts';
import { siskinTagAndDigest } from './siskin-tag-and-digest.ts';
import { ternArmOnX86 } from './tern-arm-on-x86.ts';
import { wagtailOtherRegion } from './wagtail-other-region.ts';

/** Images that are gone, refused or unfit, and those that only look so. */
export const images: readonly Incident[] = [
  bitternLayersDenied,
  curlewOtherAccount,
  dunlinPushedLate,
  fieldfareTagMoved,
  fulmarPublic,
  gannetDualStack,
  godwitFirstPull,
  heronRepositoryMissing,
  kestrelExplicitDeny,
  lapwingPrivateRegistry,
  loomInstanceRole,
  merlinNoExecutionRole,
  ospreyArchived,
  pipitOrganization,
  ploverDigestExpired,
  siskinTagAndDigest,
  wagtailOtherRegion,
  ternArmOnX86,
];
