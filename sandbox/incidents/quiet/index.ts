import type { Incident } from '../incident.ts';
import { landingDraining } from './landing-draining.ts';
import { offersFirstMinute } from './offers-first-minute.ts';
import { previewScaledToZero } from './preview-scaled-to-zero.ts';
import { sitemapPullHealed } from './sitemap-pull-healed.ts';
import { walletUnknownText } from './wallet-unknown-text.ts';

/** What looks like trouble and is none, and what nobody can name. */
export const quiet: readonly Incident[] = [
  landingDraining,
  offersFirstMinute,
  previewScaledToZero,
  sitemapPullHealed,
  walletUnknownText,
];
