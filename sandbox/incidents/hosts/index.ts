import type { Incident } from '../incident.ts';
import { consumerHostTerminated } from './consumer-host-terminated.ts';
import { mirrorMaintenanceHealed } from './mirror-maintenance-healed.ts';
import { portalRebalanced } from './portal-rebalanced.ts';
import { sensorInfrastructureImpaired } from './sensor-infrastructure-impaired.ts';
import { settlementMaintenanceShort } from './settlement-maintenance-short.ts';

/** Tasks that went because of what they ran on, most of them no fault of anybody. */
export const hosts: readonly Incident[] = [
  consumerHostTerminated,
  mirrorMaintenanceHealed,
  portalRebalanced,
  sensorInfrastructureImpaired,
  settlementMaintenanceShort,
];
