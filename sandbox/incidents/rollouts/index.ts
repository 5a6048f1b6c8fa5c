import type { Incident } from '../incident.ts';
import { cartBreakerCounting } from './cart-breaker-counting.ts';
import { deskCodedeploy } from './desk-codedeploy.ts';
import { feedBaking } from './feed-baking.ts';
import { forecastUsualPace } from './forecast-usual-pace.ts';
import { galleryStalled } from './gallery-stalled.ts';
import { mailboxUnseenCrash } from './mailbox-unseen-crash.ts';
import { manualDraining } from './manual-draining.ts';
import { menuNothingToReturnTo } from './menu-nothing-to-return-to.ts';
import { parcelsAlarmRed } from './parcels-alarm-red.ts';
import { purseHookFailed } from './purse-hook-failed.ts';
import { quoteGivenUp } from './quote-given-up.ts';
import { rankCanary } from './rank-canary.ts';
import { signalsAlarmTurned } from './signals-alarm-turned.ts';
import { starsDeadlock } from './stars-deadlock.ts';
import { streamProtected } from './stream-protected.ts';
import { tagsFirstMinutes } from './tags-first-minutes.ts';
import { taxNotLive } from './tax-not-live.ts';
import { vaultPauseHook } from './vault-pause-hook.ts';

/** Deployments: under way, waiting, held up, given up, turned back. */
export const rollouts: readonly Incident[] = [
  cartBreakerCounting,
  mailboxUnseenCrash,
  menuNothingToReturnTo,
  quoteGivenUp,
  taxNotLive,
  starsDeadlock,
  parcelsAlarmRed,
  purseHookFailed,
  streamProtected,
  galleryStalled,
  vaultPauseHook,
  feedBaking,
  rankCanary,
  deskCodedeploy,
  manualDraining,
  tagsFirstMinutes,
  forecastUsualPace,
  signalsAlarmTurned,
];
