import type { Incident } from '../incident.ts';
import { couponsSlowedDown } from './coupons-slowed-down.ts';
import { depotJustSlowForOthers } from './depot-just-slow-for-others.ts';
import { encodeNoStock } from './encode-no-stock.ts';
import { glossaryNormalStart } from './glossary-normal-start.ts';
import { kioskSilent } from './kiosk-silent.ts';
import { lockersSubnetFull } from './lockers-subnet-full.ts';
import { meterAgentAway } from './meter-agent-away.ts';
import { mosaicSpotOnly } from './mosaic-spot-only.ts';
import { packLabelMissing } from './pack-label-missing.ts';
import { radarInterfacesUsed } from './radar-interfaces-used.ts';
import { renderAtMaximum } from './render-at-maximum.ts';
import { returnsNeverHealthy } from './returns-never-healthy.ts';
import { spriteHangsBeforePull } from './sprite-hangs-before-pull.ts';
import { tilesMigrating } from './tiles-migrating.ts';
import { voucherQuotaReached } from './voucher-quota-reached.ts';

/** Tasks that do not get to run, and some that only take their time. */
export const waiting: readonly Incident[] = [
  lockersSubnetFull,
  encodeNoStock,
  renderAtMaximum,
  packLabelMissing,
  meterAgentAway,
  returnsNeverHealthy,
  spriteHangsBeforePull,
  kioskSilent,
  couponsSlowedDown,
  voucherQuotaReached,
  mosaicSpotOnly,
  glossaryNormalStart,
  tilesMigrating,
  depotJustSlowForOthers,
  radarInterfacesUsed,
];
