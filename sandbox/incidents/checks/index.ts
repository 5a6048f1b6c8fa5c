import type { Incident } from '../incident.ts';
import { gatekeeperHealthLine } from './gatekeeper-health-line.ts';
import { geofenceHealthTimeout } from './geofence-health-timeout.ts';
import { graphqlWrongPort } from './graphql-wrong-port.ts';
import { pickupZoneNotEnabled } from './pickup-zone-not-enabled.ts';
import { policiesGraceTooShort } from './policies-grace-too-short.ts';

/** Tasks that run and fail the checks of the load balancer or of their own container. */
export const checks: readonly Incident[] = [
  gatekeeperHealthLine,
  geofenceHealthTimeout,
  graphqlWrongPort,
  pickupZoneNotEnabled,
  policiesGraceTooShort,
];
