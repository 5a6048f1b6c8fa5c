import type { Incident } from '../incident.ts';
import { glazierSameLastLine } from './glazier-same-last-line.ts';
import { leviesJsonExceptions } from './levies-json-exceptions.ts';
import { loungeNothingMatches } from './lounge-nothing-matches.ts';
import { parlourGroupGone } from './parlour-group-gone.ts';
import { quotesSlowerSinceDeployment } from './quotes-slower-since-deployment.ts';
import { refundsOneError } from './refunds-one-error.ts';

/** Logs that a query of Logs Insights tells something of, or cannot. */
export const queries: readonly Incident[] = [
  refundsOneError,
  quotesSlowerSinceDeployment,
  leviesJsonExceptions,
  glazierSameLastLine,
  loungeNothingMatches,
  parlourGroupGone,
];
