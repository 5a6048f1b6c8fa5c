import type { Incident } from '../incident.ts';
import { faresSlowerSinceDeployment } from './fares-slower-since-deployment.ts';
import { glazierSameLastLine } from './glazier-same-last-line.ts';
import { leviesJsonExceptions } from './levies-json-exceptions.ts';
import { loungeNothingMatches } from './lounge-nothing-matches.ts';
import { parlourGroupGone } from './parlour-group-gone.ts';
import { refundsOneError } from './refunds-one-error.ts';

/** Logs that a query of Logs Insights tells something of, or cannot. */
export const queries: readonly Incident[] = [
  refundsOneError,
  faresSlowerSinceDeployment,
  leviesJsonExceptions,
  glazierSameLastLine,
  loungeNothingMatches,
  parlourGroupGone,
];
